// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Takes the mean error of every task's output out of the bias of the layer that computes it, so
 * that thresholds keep their meaning: b += E[float - integer]. Ranking is untouched. Applies to
 * outputs that a CONV_2D or FULLY_CONNECTED without activation writes, and to probabilities that a
 * LOGISTIC makes of them: there the mean error is divided by the mean slope p (1 - p).
 */
final class HeadBiasCorrection implements CalibrationMethod {
  /** A probability that never leaves 0 or 1 says nothing of its logit. */
  private static final double LEAST_SLOPE = 1e-3;

  @Override
  public String name() {
    return "head bias correction";
  }

  @Override
  public CalibrationState refine(CalibrationState state, CalibrationProblem problem) {
    double[][] errors = logitErrors(state, problem);
    int[] all = IntStream.range(0, errors.length).toArray();
    CalibrationState corrected = corrected(state, problem, errors, all);
    problem.expectVariantsOf(state);
    TaskScores before = problem.score(state);
    TaskScores after = problem.score(corrected);
    if (after.isBetterThan(before, all)) {
      return corrected;
    }
    // A correction moves its own task only: those that gain need not wait for the worst one.
    int[] gaining =
        Arrays.stream(all).filter(t -> after.isBetterThan(before, new int[] {t})).toArray();
    return corrected(state, problem, errors, gaining);
  }

  /** Mean error of every channel of every task, before the LOGISTIC where there is one. */
  private static double[][] logitErrors(CalibrationState state, CalibrationProblem problem) {
    List<Task> tasks = problem.network().tasks();
    double[][] errors = problem.meanErrors(state);
    for (int t = 0; t < errors.length; t++) {
      if (isProbability(state.graph(), problem.outputOf(tasks.get(t)))) {
        divide(errors[t], meanSlope(problem, tasks.get(t)));
      }
    }
    return errors;
  }

  private static CalibrationState corrected(
      CalibrationState state, CalibrationProblem problem, double[][] errors, int[] tasks) {
    Graph graph = state.graph();
    Consumers consumers = Consumers.of(graph);
    SortedMap<TensorId, Tensor> biases = new TreeMap<>();
    for (int t : tasks) {
      Task task = problem.network().tasks().get(t);
      bias(consumers.producer(logits(graph, problem.outputOf(task))))
          .filter(id -> consumers.consumers(id).size() == 1)
          .ifPresent(
              id ->
                  biases.merge(
                      id,
                      corrected(graph.tensor(id), task, errors[t]),
                      (known, first) -> corrected(known, task, errors[t])));
    }
    return state.withGraph(graph.withTensors(biases.values()));
  }

  private static boolean isProbability(Graph graph, TensorId output) {
    return graph.ops().stream()
        .anyMatch(op -> op.output().equals(output) && isLogisticOrAbove(graph, op));
  }

  private static boolean isLogisticOrAbove(Graph graph, Op op) {
    return isLogistic(op) || (keepsChannels(graph, op) && isProbability(graph, op.inputs().get(0)));
  }

  private static boolean isLogistic(Op op) {
    return op instanceof Unary unary && unary.function() == Unary.Kind.LOGISTIC;
  }

  /** A RESHAPE that leaves each value in its channel. */
  private static boolean keepsChannels(Graph graph, Op op) {
    return op instanceof Reshape reshape
        && graph.tensor(reshape.input()).shape().channels()
            == graph.tensor(reshape.output()).shape().channels();
  }

  /** What lies before the output's LOGISTIC and reshapes. */
  private static TensorId logits(Graph graph, TensorId output) {
    for (Op op : graph.ops()) {
      if (op.output().equals(output) && (isLogistic(op) || keepsChannels(graph, op))) {
        return logits(graph, op.inputs().get(0));
      }
    }
    return output;
  }

  /** The mean of p (1 - p) of each of a task's channels in the float network. */
  private static double[] meanSlope(CalibrationProblem problem, Task task) {
    TaskOutput output = TaskOutput.of(problem.network(), task);
    double[] slopes = new double[task.channels()];
    for (List<float[]> example : problem.floatOutputs()) {
      float[] values = example.get(output.port());
      for (int i = 0; i < output.size(); i++) {
        double p = values[output.index(i)];
        slopes[i % slopes.length] += p * (1 - p) / output.positions();
      }
    }
    for (int c = 0; c < slopes.length; c++) {
      slopes[c] = Math.max(LEAST_SLOPE, slopes[c] / problem.floatOutputs().size());
    }
    return slopes;
  }

  private static void divide(double[] errors, double[] slopes) {
    for (int c = 0; c < errors.length; c++) {
      errors[c] /= slopes[c];
    }
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
