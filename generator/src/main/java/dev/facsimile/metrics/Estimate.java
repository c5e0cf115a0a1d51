// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

import java.util.Arrays;

/**
 * A figure and how sure it is.
 *
 * @param value on the data as it is; not a number where the data does not define it
 * @param low lower end of the confidence interval
 * @param high upper end; both not a number where no interval is known
 */
public record Estimate(double value, double low, double high) {
  /** Not known at all. */
  public static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);

  /** A figure without an interval. */
  public static Estimate of(double value) {
    return new Estimate(value, Double.NaN, Double.NaN);
  }

  /**
   * The percentile interval (Efron 1979): what lies between the outer {@code 1 - confidence} of the
   * replicates, half of it on each side. Replicates in which the figure is not defined - no
   * positive drawn - are left out.
   *
   * @param replicates the figure on each resampled data set
   * @param confidence between 0 and 1
   */
  public static Estimate of(double value, double[] replicates, double confidence) {
    double[] sorted =
        Arrays.stream(replicates).filter(replicate -> !Double.isNaN(replicate)).sorted().toArray();
    if (sorted.length == 0 || Double.isNaN(value)) {
      return of(value);
    }
    double tail = (1 - confidence) / 2;
    return new Estimate(value, percentile(sorted, tail), percentile(sorted, 1 - tail));
  }

  /** Linear between the two nearest ranks: NumPy's default. */
  static double percentile(double[] sorted, double share) {
    double rank = share * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
