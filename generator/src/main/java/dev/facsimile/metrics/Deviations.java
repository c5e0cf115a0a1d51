// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/** Values against labelled values, summed subject by subject. Missing labels are not added. */
public final class Deviations {
  private static final int COUNT = 0;
  private static final int VALUE = 1;
  private static final int LABEL = 2;
  private static final int VALUE_SQUARED = 3;
  private static final int LABEL_SQUARED = 4;
  private static final int PRODUCT = 5;

  private final double[][] sums;
  private final ErrorSums errors;

  /**
   * Nothing added yet.
   *
   * @param subjects how many there are
   */
  public Deviations(int subjects) {
    sums = new double[6][subjects];
    errors = new ErrorSums(subjects);
  }

  /** Adds one value and what it should be. */
  public void add(int subject, double value, double label) {
    sums[COUNT][subject]++;
    sums[VALUE][subject] += value;
    sums[LABEL][subject] += label;
    sums[VALUE_SQUARED][subject] += value * value;
    sums[LABEL_SQUARED][subject] += label * label;
    sums[PRODUCT][subject] += value * label;
    errors.add(subject, 1, Math.abs(value - label), (value - label) * (value - label));
  }

  private double sum(int what, int[] times) {
    double sum = 0;
    for (int s = 0; s < times.length; s++) {
      sum += sums[what][s] * times[s];
    }
    return sum;
  }

  /** Mean absolute error (mean_absolute_error); not a number where nothing is labelled. */
  public double meanAbsoluteError(int[] times) {
    return errors.meanAbsoluteError(times);
  }

  /** Root of the mean squared error; not a number where nothing is labelled. */
  public double rootMeanSquaredError(int[] times) {
    return errors.rootMeanSquaredError(times);
  }

  /**
   * Intraclass correlation ICC(3,1) of value and label: two-way mixed effects, consistency, single
   * rater (Shrout and Fleiss 1979), (MSR - MSE) / (MSR + (k - 1) MSE) with the k = 2 raters network
   * and coder and frames as targets. With two raters that is 2 Cov(value, label) / (Var(value) +
   * Var(label)): 1 where both differ by a constant only, 0 where they have nothing in common.
   *
   * @return a value in [-1, 1]; not a number for fewer than two frames, or where neither value nor
   *     label ever changes
   */
  public double icc(int[] times) {
    double n = sum(COUNT, times);
    double values = sum(VALUE, times);
    double labels = sum(LABEL, times);
    double covariance = sum(PRODUCT, times) - values * labels / n;
    double variances =
        sum(VALUE_SQUARED, times)
            - values * values / n
            + sum(LABEL_SQUARED, times)
            - labels * labels / n;
    // What is left of equal terms is rounding.
    double rounding = 1e-12 * (1 + sum(VALUE_SQUARED, times) + sum(LABEL_SQUARED, times));
    return n < 2 || variances <= rounding ? Double.NaN : 2 * covariance / variances;
  }
}
