// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import java.util.List;

/** A figure on the data and on every draw of subjects. */
final class Draws {
  private final double value;
  private final double[] values;

  Draws(double value, double[] values) {
    this.value = value;
    this.values = values.clone();
  }

  double value() {
    return value;
  }

  double[] values() {
    return values.clone();
  }

  /** Not a number in draws in which one of the figures is none. */
  static Draws mean(List<Draws> figures) {
    double[] means = new double[figures.get(0).values.length];
    double mean = 0;
    for (Draws figure : figures) {
      mean += figure.value / figures.size();
      for (int r = 0; r < means.length; r++) {
        means[r] += figure.values[r] / figures.size();
      }
    }
    return new Draws(mean, means);
  }
}
