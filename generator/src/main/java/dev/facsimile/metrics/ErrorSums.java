// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/** Errors of many values an example, summed subject by subject. */
public final class ErrorSums {
  private final long[] counts;
  private final double[] absolute;
  private final double[] squared;

  /**
   * Nothing added yet.
   *
   * @param subjects how many there are
   */
  public ErrorSums(int subjects) {
    counts = new long[subjects];
    absolute = new double[subjects];
    squared = new double[subjects];
  }

  /**
   * Adds the labelled values of one example.
   *
   * @param values how many there are
   * @param absoluteErrors summed over them
   * @param squaredErrors summed over them
   */
  public void add(int subject, long values, double absoluteErrors, double squaredErrors) {
    counts[subject] += values;
    absolute[subject] += absoluteErrors;
    squared[subject] += squaredErrors;
  }

  /** Over all values alike (mean_absolute_error); not a number where nothing is labelled. */
  public double meanAbsoluteError(int[] times) {
    return sum(absolute, times) / DecisionCounts.sum(counts, times);
  }

  /** Root of the mean squared error over all values; not a number where nothing is labelled. */
  public double rootMeanSquaredError(int[] times) {
    return Math.sqrt(sum(squared, times) / DecisionCounts.sum(counts, times));
  }

  private static double sum(double[] perSubject, int[] times) {
    double sum = 0;
    for (int s = 0; s < times.length; s++) {
      sum += perSubject[s] * times[s];
    }
    return sum;
  }
}
