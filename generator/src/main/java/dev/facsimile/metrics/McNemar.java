// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/**
 * Two networks' decisions on the same labelled frames. Frames count as independent, which
 * neighbours in a video are not: on videos the p-value is too small, and the paired bootstrap over
 * subjects is the one to believe.
 *
 * @param firstOnly frames that only the first network answers rightly
 * @param secondOnly frames that only the second network answers rightly
 */
public record McNemar(long firstOnly, long secondOnly) {
  public McNemar {
    if (firstOnly < 0 || secondOnly < 0) {
      throw new IllegalArgumentException("counts must not be negative");
    }
  }

  /**
   * Exact two-sided p-value (McNemar 1947; the binomial test of statsmodels' {@code
   * mcnemar(exact=True)}): how probable so uneven a split of the frames they disagree on is, were
   * both equally good. 1 where they do not disagree.
   */
  public double pValue() {
    long n = firstOnly + secondOnly;
    long fewer = Math.min(firstOnly, secondOnly);
    // Terms C(n, k) / 2^n from k = fewer down, relative to the first, which is the largest.
    double sum = 0;
    double term = 1;
    for (long k = fewer; k >= 0 && term > 1e-18 * sum; k--) {
      sum += term;
      term *= (double) k / (n - k + 1);
    }
    return Math.min(1, 2 * sum * Math.exp(logProbability(n, fewer)));
  }

  /** log(C(n, k) / 2^n). */
  private static double logProbability(long n, long k) {
    double log = -n * Math.log(2);
    for (long i = 1; i <= k; i++) {
      log += Math.log((double) (n - k + i) / i);
    }
    return log;
  }
}
