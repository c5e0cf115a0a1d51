// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.quantize.AffineMapping;
import dev.facsimile.quantize.Codes;
import java.util.List;

/**
 * How far one task's output is from the float network's: E[(integer - float)^2] / Var(float), the
 * noise that quantization adds relative to what the task has to say. 0 is exact, 1 is as bad as
 * answering the mean. Being relative to the task's own spread, it can be compared between tasks
 * whose outputs have different ranges and rates.
 */
final class TaskLoss {
  /** The tolerance for which a task's loss counts as it is. */
  private static final double USUAL_TOLERANCE = 0.01;

  private static final double SMALLEST_TOLERANCE = 1e-4;

  private static final double LEAST_VARIATION = 1e-4;

  private final TaskOutput output;
  private final float[][] references;
  private final double variance;

  /**
   * The loss of one task on some examples.
   *
   * @param references the float network's outputs for each example, by port
   */
  TaskLoss(TaskOutput output, List<List<float[]>> references) {
    this.output = output;
    this.references = new float[references.size()][];
    for (int i = 0; i < this.references.length; i++) {
      this.references[i] = values(references.get(i).get(output.port()));
    }
    this.variance = variance();
  }

  private float[] values(float[] contents) {
    float[] values = new float[output.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = contents[output.index(i)];
    }
    return values;
  }

  /**
   * Variance of each value over the examples, summed over the task's values. An output that hardly
   * varies is compared with a hundredth of its magnitude.
   */
  private double variance() {
    double variance = 0;
    double square = 0;
    for (int i = 0; i < output.size(); i++) {
      double mean = 0;
      for (float[] reference : references) {
        mean += reference[i] / (double) references.length;
      }
      square += mean * mean;
      for (float[] reference : references) {
        variance += (reference[i] - mean) * (reference[i] - mean) / references.length;
      }
    }
    return atLeast(variance, square);
  }

  /**
   * The variance to divide by.
   *
   * @param square of the output's mean
   */
  static double atLeast(double variance, double square) {
    return Math.max(variance, Math.max(LEAST_VARIATION * square, Double.MIN_NORMAL));
  }

  /**
   * Squared error of one example.
   *
   * @param integer where the task's values lie in the integer network
   * @param tensor that output
   * @param memory its contents
   */
  double squaredError(int example, TaskOutput integer, Tensor tensor, byte[] memory) {
    double sum = 0;
    Codes codes = Codes.of(tensor);
    float[] reference = references[example];
    for (int i = 0; i < reference.length; i++) {
      double real =
          AffineMapping.dequantize(codes.get(memory, integer.index(i)), tensor.perTensor());
      sum += (real - reference[i]) * (real - reference[i]);
    }
    return sum;
  }

  /**
   * What the float network says more than the integer one, for each channel of the task, averaged
   * over its positions.
   */
  double[] signedErrors(int example, TaskOutput integer, Tensor tensor, byte[] memory) {
    Codes codes = Codes.of(tensor);
    double[] errors = new double[output.task().channels()];
    float[] reference = references[example];
    for (int i = 0; i < reference.length; i++) {
      double real =
          AffineMapping.dequantize(codes.get(memory, integer.index(i)), tensor.perTensor());
      errors[i % errors.length] += (reference[i] - real) / output.positions();
    }
    return errors;
  }

  /** The loss, from the squared errors of all examples. */
  double of(double[] squaredErrors) {
    double sum = 0;
    for (double error : squaredErrors) {
      sum += error;
    }
    return sum / squaredErrors.length / variance;
  }

  /**
   * What one unit of this task's loss weighs against another task's: the user's weight, and more
   * the less loss the user tolerates.
   */
  static double importance(Task task) {
    return task.weight() * USUAL_TOLERANCE / Math.max(SMALLEST_TOLERANCE, task.tolerance());
  }

  static List<TaskLoss> of(Network network, List<List<float[]>> references) {
    return TaskOutput.of(network).stream().map(output -> new TaskLoss(output, references)).toList();
  }
}
