// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskScoresTest {
  private static final int[] BOTH = {0, 1};

  private static Task task(String name, int channel, double weight, double tolerance) {
    return new Task(name, "y", channel, 1, Task.Kind.OCCURRENCE, 0.5, weight, tolerance, 0, 0);
  }

  private static TaskScores scores(double first, double second) {
    List<Task> tasks = List.of(task("a", 0, 1, 0.01), task("b", 1, 1, 0.01));
    return new TaskScores(tasks, new double[] {first, second});
  }

  @Test
  void theWorstTaskDecidesNotTheMean() {
    TaskScores even = scores(0.03, 0.03);
    TaskScores uneven = scores(0.001, 0.04);
    assertThat(uneven.mean(BOTH)).isLessThan(even.mean(BOTH));
    assertThat(even.isBetterThan(uneven, BOTH)).isTrue();
    assertThat(uneven.isBetterThan(even, BOTH)).isFalse();
  }

  @Test
  void theMeanDecidesBetweenEqualWorstTasks() {
    assertThat(scores(0.01, 0.04).isBetterThan(scores(0.02, 0.04), BOTH)).isTrue();
    assertThat(scores(0.02, 0.04).isBetterThan(scores(0.02, 0.04), BOTH)).isFalse();
  }

  @Test
  void tasksThatDoNotReadTheTensorHaveNoSay() {
    int[] first = {0};
    assertThat(scores(0.01, 0.9).isBetterThan(scores(0.02, 0.01), first)).isTrue();
  }

  @Test
  void weightsTasksByImportanceAndTolerance() {
    assertThat(TaskLoss.importance(task("a", 0, 1, 0.01))).isEqualTo(1);
    assertThat(TaskLoss.importance(task("a", 0, 3, 0.01))).isEqualTo(3);
    assertThat(TaskLoss.importance(task("a", 0, 1, 0.005))).isEqualTo(2);
    assertThat(TaskLoss.importance(task("a", 0, 1, 0))).isEqualTo(100);
  }

  @Test
  void lossIsNoiseOverSignalWhateverTheScale() {
    Quantization.PerTensor coarse = new Quantization.PerTensor(0.5f, 0);
    Quantization.PerTensor hundredfold = new Quantization.PerTensor(50f, 0);
    double small = loss(1, coarse);
    assertThat(small).isCloseTo(0.5 * 0.5 / 12 / (16.0 / 12), within(0.002));
    assertThat(loss(100, hundredfold)).isCloseTo(small, within(1e-6));
  }

  /** Loss of rounding values spread evenly over four units. */
  private static double loss(float unit, Quantization.PerTensor quantization) {
    int examples = 4001;
    Tensor tensor =
        Tensor.activation(new TensorId(0), "a", Shape.of(1), DType.INT8)
            .withType(DType.INT8, quantization);
    List<List<float[]>> references = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      references.add(List.of(new float[] {unit * (i / 1000f - 2)}));
    }
    TaskOutput output =
        new TaskOutput(task("a", 0, 1, 0.01), 0, tensor.id(), DType.INT8, 1, 1, false);
    TaskLoss loss = new TaskLoss(output, references);
    double[] errors = new double[examples];
    for (int i = 0; i < examples; i++) {
      byte code = (byte) Math.round(references.get(i).get(0)[0] / quantization.scale());
      errors[i] = loss.squaredError(i, output, tensor, new byte[] {code});
    }
    return loss.of(errors);
  }
}
