// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Labels;
import dev.facsimile.graph.Quantization;
import dev.facsimile.metrics.ErrorSums;
import dev.facsimile.metrics.Figure;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Errors over all labelled values of an example: 136 for 68 landmarks. */
final class RegressionAnswers extends TaskAnswers {
  private final int[] labelledValues;
  private final double[][] absolute;
  private final double[][] squared;

  RegressionAnswers(
      TaskOutput floats,
      TaskOutput integers,
      Quantization.PerTensor quantization,
      Labels labels,
      int size) {
    super(floats, integers, quantization, labels);
    this.labelledValues = new int[size];
    this.absolute = new double[2][size];
    this.squared = new double[2][size];
  }

  @Override
  void record(int example, float[] reals, int[] codes) {
    for (int i = 0; i < floats().size(); i++) {
      double label = label(example, i);
      if (!Labels.isMissing(label)) {
        labelledValues[example]++;
        add(0, example, reals[floats().index(i)] - label);
        add(1, example, realOfCode(codes, i) - label);
      }
    }
  }

  private void add(int network, int example, double error) {
    absolute[network][example] += Math.abs(error);
    squared[network][example] += error * error;
  }

  @Override
  long labelled() {
    return Arrays.stream(labelledValues).filter(count -> count > 0).count();
  }

  @Override
  SortedMap<Figure, Pair> figures(int threshold, Subjects subjects) {
    TreeMap<Figure, Pair> figures = new TreeMap<>();
    if (labelled() > 0) {
      ErrorSums real = sums(0, subjects);
      ErrorSums integer = sums(1, subjects);
      figures.put(Figure.MAE, new Pair(real::meanAbsoluteError, integer::meanAbsoluteError));
      figures.put(Figure.RMSE, new Pair(real::rootMeanSquaredError, integer::rootMeanSquaredError));
    }
    return figures;
  }

  private ErrorSums sums(int network, Subjects subjects) {
    ErrorSums sums = new ErrorSums(subjects.count());
    for (int i = 0; i < labelledValues.length; i++) {
      sums.add(subjects.of(i), labelledValues[i], absolute[network][i], squared[network][i]);
    }
    return sums;
  }
}
