// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static dev.facsimile.quantize.FixedPointMultiplier.highMultiply;

/**
 * 1 / x in fixed point, by Newton's method on 1 / (1 + fraction), as gemmlowp's
 * one_over_one_plus_x_for_x_in_0_1 does: three steps from the linear estimate 48/17 - 32/17 d.
 *
 * @param value Q0.31; the reciprocal is value * 2^-bitsOverUnit
 * @param bitsOverUnit floor(log2 x)
 */
public record Reciprocal(int value, int bitsOverUnit) {
  private static final int STEPS = 3;
  // Q2.29
  private static final int ONE = 1 << 29;
  private static final int ESTIMATE_CONSTANT = 1515870810;
  private static final int ESTIMATE_SLOPE = -1010580540;

  /**
   * The reciprocal of a fixed-point number.
   *
   * @param x positive, fixed point with {@code integerBits} bits before the point and the rest of
   *     31 behind it
   */
  public static Reciprocal of(int x, int integerBits) {
    int leadingZeros = Integer.numberOfLeadingZeros(x);
    int fraction = (x << leadingZeros) - Integer.MIN_VALUE;
    return new Reciprocal(oneOverOnePlus(fraction), integerBits - leadingZeros);
  }

  /**
   * 1 / (1 + fraction), Q0.31.
   *
   * @param fraction Q0.31, 0 or more
   */
  static int oneOverOnePlus(int fraction) {
    int halfDenominator = (int) (((long) fraction + Integer.MAX_VALUE + 1) / 2);
    int x = ESTIMATE_CONSTANT + highMultiply(halfDenominator, ESTIMATE_SLOPE);
    for (int step = 0; step < STEPS; step++) {
      int error = ONE - highMultiply(halfDenominator, x);
      x += shiftLeftSaturating(highMultiply(x, error), 2);
    }
    return shiftLeftSaturating(x, 1);
  }

  static int shiftLeftSaturating(int x, int bits) {
    long shifted = (long) x << bits;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, shifted));
  }
}
