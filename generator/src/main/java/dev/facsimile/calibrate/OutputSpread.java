// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/** Mean and variance of each value of a task over the examples, without keeping them (Welford). */
final class OutputSpread {
  private final double[] means;
  private final double[] squares;
  private long examples;

  OutputSpread(int values) {
    means = new double[values];
    squares = new double[values];
  }

  void add(TaskOutput output, float[] contents) {
    examples++;
    for (int i = 0; i < means.length; i++) {
      double value = contents[output.index(i)];
      double change = value - means[i];
      means[i] += change / examples;
      squares[i] += change * (value - means[i]);
    }
  }

  long examples() {
    return examples;
  }

  /** Summed over the values, and never so small that noise on a constant output counts for all. */
  double variance() {
    double variance = 0;
    double magnitude = 0;
    for (int i = 0; i < means.length; i++) {
      variance += squares[i] / examples;
      magnitude += means[i] * means[i];
    }
    return TaskLoss.atLeast(variance, magnitude);
  }
}
