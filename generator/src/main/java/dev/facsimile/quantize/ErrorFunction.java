// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

/** What the standard library lacks for GELU. */
public final class ErrorFunction {
  private static final double SERIES_BELOW = 2.5;
  private static final double NOTHING_FROM = 27;
  private static final int TERMS = 60;

  private ErrorFunction() {}

  /**
   * 1 - erf(x), relative error below 1e-11; 0 where it is too small for a double. The same on every
   * machine.
   */
  public static double complement(double x) {
    if (x < 0) {
      return 2 - complement(-x);
    }
    if (Double.isNaN(x)) {
      return x;
    }
    return x < SERIES_BELOW ? 1 - series(x) : x < NOTHING_FROM ? fraction(x) : 0;
  }

  /** erf(x) = 2 / sqrt(pi) exp(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...). */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < TERMS; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** erfc(x) = exp(-x^2) / sqrt(pi) / (x + 1/2 / (x + 1 / (x + 3/2 / (x + ...)))). */
  private static double fraction(double x) {
    double value = x;
    for (int n = TERMS; n > 0; n--) {
      value = x + n / 2.0 / value;
    }
    return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / value;
  }
}
