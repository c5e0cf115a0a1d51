// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the mean error of every task's output out of the bias of the layer that computes it, so
 * that thresholds keep their meaning: b += E[float - integer]. Ranking is untouched. Applies to
 * outputs that a CONV_2D or FULLY_CONNECTED without activation writes.
 */
final class HeadBiasCorrection implements CalibrationMethod {
  @Override
  public String name() {
    return "head bias correction";
  }

  @Override
  public CalibrationState refine(CalibrationState state, CalibrationProblem problem) {
    Graph graph = state.graph();
    Consumers consumers = Consumers.of(graph);
    List<Task> tasks = problem.network().tasks();
    double[][] errors = problem.meanErrors(state);
    List<Tensor> changed = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      Optional<TensorId> bias =
          bias(consumers.producer(problem.outputOf(tasks.get(t))))
              .filter(id -> consumers.consumers(id).size() == 1);
      if (bias.isPresent()) {
        Tensor current = latest(changed, graph.tensor(bias.get()));
        changed.remove(current);
        changed.add(corrected(current, tasks.get(t), errors[t]));
      }
    }
    CalibrationState corrected = state.withGraph(graph.withTensors(changed));
    return isBetter(problem, corrected, state) ? corrected : state;
  }

  private static boolean isBetter(
      CalibrationProblem problem, CalibrationState corrected, CalibrationState before) {
    int[] all = new int[problem.network().tasks().size()];
    for (int t = 0; t < all.length; t++) {
      all[t] = t;
    }
    problem.expectVariantsOf(before);
    return problem.score(corrected).isBetterThan(problem.score(before), all);
  }

  private static Tensor latest(List<Tensor> changed, Tensor original) {
    return changed.stream()
        .filter(tensor -> tensor.id().equals(original.id()))
        .findFirst()
        .orElse(original);
  }

  private static Optional<TensorId> bias(Optional<Op> producer) {
    Op op = producer.orElse(null);
    if (op instanceof FullyConnected head && head.activation() == Activation.NONE) {
      return head.bias();
    }
    if (op instanceof Conv2d head && head.activation() == Activation.NONE) {
      return head.bias();
    }
    return Optional.empty();
  }

  private static Tensor corrected(Tensor bias, Task task, double[] errors) {
    float[] values = bias.data().orElseThrow().toFloats();
    for (int c = 0; c < task.channels(); c++) {
      values[task.channel() + c] += (float) errors[c];
    }
    return bias.withConstant(
        bias.shape(), bias.type(), bias.quantization(), ConstantBytes.ofFloats(values));
  }
}
