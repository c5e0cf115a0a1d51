// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.BinaryCounts;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.dataset.Labels;
import dev.facsimile.dataset.RankingMetrics;
import dev.facsimile.graph.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What both networks said about one task on every example of a data set, and what is true. Holds
 * scores, not decisions, so that any threshold can be tried. A task whose output is a map says its
 * largest value.
 */
final class TaskAnswers {
  private final TaskOutput floatOutput;
  private final TaskOutput integerOutput;
  private final float[] floatScores;
  private final int[] codes;
  private final float[] labels;
  private final double loss;

  /**
   * Collects one task's scores.
   *
   * @param floatOutputs the float network's outputs, by example and port
   * @param integerOutputs the integer network's codes, by example and port
   * @param loss of the task on the whole set, see {@link TaskLoss}
   */
  TaskAnswers(
      TaskOutput floatOutput,
      TaskOutput integerOutput,
      Dataset dataset,
      List<List<float[]>> floatOutputs,
      List<List<byte[]>> integerOutputs,
      double loss) {
    this.floatOutput = floatOutput;
    this.integerOutput = integerOutput;
    this.loss = loss;
    int size = floatOutputs.size();
    floatScores = new float[size];
    codes = new int[size];
    labels = new float[size];
    Task task = floatOutput.task();
    for (int i = 0; i < size; i++) {
      float[] reals = floatOutputs.get(i).get(floatOutput.port());
      int[] integers = integerOutput.codes(integerOutputs.get(i).get(integerOutput.port()));
      if (task.kind() == Task.Kind.CLASSES) {
        floatScores[i] = winner(reals, floatOutput);
        codes[i] = winner(integers, integerOutput);
      } else {
        floatScores[i] = reals[winnerIndex(reals, floatOutput)];
        codes[i] = integers[winnerIndex(integers, integerOutput)];
      }
      labels[i] = (float) dataset.labels().get(task.name(), i);
    }
  }

  private static int winner(float[] contents, TaskOutput output) {
    return (winnerIndex(contents, output) - output.task().channel()) % output.stride();
  }

  private static int winner(int[] contents, TaskOutput output) {
    return (winnerIndex(contents, output) - output.task().channel()) % output.stride();
  }

  /** Index of the task's largest value, of equal ones the first. */
  private static int winnerIndex(float[] contents, TaskOutput output) {
    int best = output.index(0);
    for (int i = 1; i < output.size(); i++) {
      best = contents[output.index(i)] > contents[best] ? output.index(i) : best;
    }
    return best;
  }

  private static int winnerIndex(int[] contents, TaskOutput output) {
    int best = output.index(0);
    for (int i = 1; i < output.size(); i++) {
      best = contents[output.index(i)] > contents[best] ? output.index(i) : best;
    }
    return best;
  }

  Task task() {
    return integerOutput.task();
  }

  double loss() {
    return loss;
  }

  private boolean isOccurrence() {
    return task().kind() == Task.Kind.OCCURRENCE;
  }

  private boolean isClasses() {
    return task().kind() == Task.Kind.CLASSES;
  }

  private boolean floatSaysYes(int example) {
    return floatScores[example] >= floatOutput.realThreshold();
  }

  /** Examples the float network answers yes. */
  long floatPositives() {
    long positives = 0;
    for (int i = 0; i < floatScores.length; i++) {
      positives += floatSaysYes(i) ? 1 : 0;
    }
    return positives;
  }

  int[] codes() {
    return codes.clone();
  }

  /** A tuner that knows every labelled example. */
  ThresholdTuner tuner() {
    ThresholdTuner tuner = new ThresholdTuner();
    for (int i : labelled()) {
      tuner.add(codes[i], labels[i] == 1);
    }
    return tuner;
  }

  List<Integer> labelled() {
    List<Integer> examples = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (!Labels.isMissing(labels[i])) {
        examples.add(i);
      }
    }
    return examples;
  }

  /** Share of examples with the same answer; NaN for tasks that do not decide. */
  double agreement(int threshold) {
    if (!isOccurrence() && !isClasses()) {
      return Double.NaN;
    }
    int same = 0;
    for (int i = 0; i < codes.length; i++) {
      boolean equal =
          isClasses() ? floatScores[i] == codes[i] : floatSaysYes(i) == codes[i] >= threshold;
      same += equal ? 1 : 0;
    }
    return (double) same / codes.length;
  }

  TaskFigures floatFigures() {
    double[] scores = new double[floatScores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = floatScores[i];
    }
    return figures(scores, this::floatSaysYes);
  }

  TaskFigures integerFigures(int threshold) {
    double[] scores = new double[codes.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = codes[i];
    }
    return figures(scores, example -> codes[example] >= threshold);
  }

  private TaskFigures figures(double[] scores, IntPredicate yes) {
    List<Integer> labelled = labelled();
    if (isClasses()) {
      long right = labelled.stream().filter(i -> scores[i] == labels[i]).count();
      return TaskFigures.ofClasses(
          labelled.isEmpty() ? Double.NaN : (double) right / labelled.size());
    }
    if (!isOccurrence()) {
      return TaskFigures.NONE;
    }
    double positiveRate = 0;
    for (int i = 0; i < scores.length; i++) {
      positiveRate += yes.test(i) ? 1.0 / scores.length : 0;
    }
    if (labelled.isEmpty()) {
      return TaskFigures.unlabelled(positiveRate);
    }
    double[] labelledScores = labelled.stream().mapToDouble(i -> scores[i]).toArray();
    boolean[] truths = new boolean[labelled.size()];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = labels[labelled.get(i)] == 1;
    }
    BinaryCounts counts = counts(labelled, yes);
    return new TaskFigures(
        counts.f1(),
        RankingMetrics.auc(labelledScores, truths),
        RankingMetrics.averagePrecision(labelledScores, truths),
        counts.accuracy(),
        positiveRate);
  }

  private BinaryCounts counts(List<Integer> examples, IntPredicate yes) {
    long[] counts = new long[4];
    for (int i : examples) {
      counts[(yes.test(i) ? 0 : 2) + (labels[i] == 1 ? 0 : 1)]++;
    }
    return new BinaryCounts(counts[0], counts[1], counts[2], counts[3]);
  }
}
