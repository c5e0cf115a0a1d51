// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Labels;
import dev.facsimile.graph.Quantization;
import dev.facsimile.metrics.Figure;
import dev.facsimile.metrics.Hits;
import dev.facsimile.metrics.McNemar;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** The winning class, at every position of a map. */
final class ClassesAnswers extends TaskAnswers {
  private final int[] labelledPositions;
  private final int[] floatRight;
  private final int[] integerRight;
  private long same;
  private long positions;
  private long floatOnly;
  private long integerOnly;

  ClassesAnswers(
      TaskOutput floats,
      TaskOutput integers,
      Quantization.PerTensor quantization,
      Labels labels,
      int size) {
    super(floats, integers, quantization, labels);
    this.labelledPositions = new int[size];
    this.floatRight = new int[size];
    this.integerRight = new int[size];
  }

  @Override
  void record(int example, float[] reals, int[] codes) {
    for (int position = 0; position < floats().positions(); position++) {
      int real = winner(floats(), position, i -> reals[i]);
      int integer = winner(integers(), position, i -> codes[i]);
      positions++;
      same += real == integer ? 1 : 0;
      judge(example, label(example, position), real, integer);
    }
  }

  /** Of equal classes the first, as the generated C has it. */
  private int winner(TaskOutput output, int position, IntToDoubleFunction values) {
    int classes = task().channels();
    int first = position * classes;
    if (output.isIndex()) {
      return (int) values.applyAsDouble(output.index(first));
    }
    int winner = 0;
    for (int c = 1; c < classes; c++) {
      double best = values.applyAsDouble(output.index(first + winner));
      winner = values.applyAsDouble(output.index(first + c)) > best ? c : winner;
    }
    return winner;
  }

  private void judge(int example, double label, int real, int integer) {
    if (!Labels.isMissing(label)) {
      boolean realIsRight = real == label;
      boolean integerIsRight = integer == label;
      labelledPositions[example]++;
      floatRight[example] += realIsRight ? 1 : 0;
      integerRight[example] += integerIsRight ? 1 : 0;
      floatOnly += realIsRight && !integerIsRight ? 1 : 0;
      integerOnly += integerIsRight && !realIsRight ? 1 : 0;
    }
  }

  @Override
  long labelled() {
    return Arrays.stream(labelledPositions).filter(count -> count > 0).count();
  }

  @Override
  double agreement(int threshold) {
    return (double) same / positions;
  }

  @Override
  Optional<McNemar> disagreement(int threshold) {
    return Optional.of(new McNemar(floatOnly, integerOnly));
  }

  @Override
  SortedMap<Figure, Pair> figures(int threshold, Subjects subjects) {
    TreeMap<Figure, Pair> figures = new TreeMap<>();
    if (labelled() > 0) {
      Hits real = hits(floatRight, subjects);
      Hits integer = hits(integerRight, subjects);
      figures.put(Figure.ACCURACY, new Pair(real::accuracy, integer::accuracy));
    }
    return figures;
  }

  private Hits hits(int[] right, Subjects subjects) {
    Hits hits = new Hits(subjects.count());
    for (int i = 0; i < right.length; i++) {
      hits.add(subjects.of(i), right[i], labelledPositions[i]);
    }
    return hits;
  }
}
