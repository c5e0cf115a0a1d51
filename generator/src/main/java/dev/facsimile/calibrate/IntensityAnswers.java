// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Labels;
import dev.facsimile.graph.Quantization;
import dev.facsimile.metrics.Deviations;
import dev.facsimile.metrics.Figure;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Grades as they come: neither rounded nor clipped to the range. */
final class IntensityAnswers extends TaskAnswers {
  private final float[] reals;
  private final float[] reconstructed;
  private final float[] labels;

  IntensityAnswers(
      TaskOutput floats,
      TaskOutput integers,
      Quantization.PerTensor quantization,
      Labels labels,
      int size) {
    super(floats, integers, quantization, labels);
    this.reals = new float[size];
    this.reconstructed = new float[size];
    this.labels = new float[size];
  }

  @Override
  void record(int example, float[] contents, int[] codes) {
    reals[example] = contents[floats().index(0)];
    reconstructed[example] = (float) realOfCode(codes, 0);
    labels[example] = (float) label(example, 0);
  }

  @Override
  long labelled() {
    return IntStream.range(0, labels.length).filter(i -> !Labels.isMissing(labels[i])).count();
  }

  @Override
  SortedMap<Figure, Pair> figures(int threshold, Subjects subjects) {
    TreeMap<Figure, Pair> figures = new TreeMap<>();
    if (labelled() > 0) {
      Deviations real = deviations(reals, subjects);
      Deviations integer = deviations(reconstructed, subjects);
      figures.put(Figure.ICC, new Pair(real::icc, integer::icc));
      figures.put(Figure.MAE, new Pair(real::meanAbsoluteError, integer::meanAbsoluteError));
      figures.put(Figure.RMSE, new Pair(real::rootMeanSquaredError, integer::rootMeanSquaredError));
    }
    return figures;
  }

  private Deviations deviations(float[] values, Subjects subjects) {
    Deviations deviations = new Deviations(subjects.count());
    for (int i = 0; i < labels.length; i++) {
      if (!Labels.isMissing(labels[i])) {
        deviations.add(subjects.of(i), values[i], labels[i]);
      }
    }
    return deviations;
  }
}
