// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static dev.facsimile.quantize.FixedPointMultiplier.divideByPowerOfTwo;
import static dev.facsimile.quantize.FixedPointMultiplier.highMultiply;

/**
 * exp of numbers that are not positive, as gemmlowp's exp_on_negative_values computes it: a
 * polynomial of degree four on [-1/4, 0), times exp(-2^k) for each further bit k of the argument.
 */
final class FixedPointExponential {
  private static final int FRACTION_BITS = 26;
  private static final int INTEGER_BITS = 5;
  private static final int QUARTER = 1 << (FRACTION_BITS - 2);
  // Q0.31: exp(-1/4), exp(-1/2), exp(-1), ... exp(-16).
  private static final int[] POWERS = {
    1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242
  };
  private static final int EXP_OF_MINUS_EIGHTH = 1895147668;
  private static final int ONE_THIRD = 715827883;
  private static final int EIGHTH = 1 << 28;

  private FixedPointExponential() {}

  /**
   * exp(x) as Q0.31.
   *
   * @param x Q5.26, 0 or less
   */
  static int ofNonPositive(int x) {
    if (x == 0) {
      return Integer.MAX_VALUE;
    }
    int modQuarterMinusQuarter = (x & (QUARTER - 1)) - QUARTER;
    int result =
        onMinusQuarterToZero(Reciprocal.shiftLeftSaturating(modQuarterMinusQuarter, INTEGER_BITS));
    int remainder = modQuarterMinusQuarter - x;
    for (int k = 0; k < POWERS.length; k++) {
      if ((remainder & (QUARTER << k)) != 0) {
        result = highMultiply(result, POWERS[k]);
      }
    }
    return result;
  }

  /** The Taylor polynomial around -1/8; argument and result Q0.31. */
  private static int onMinusQuarterToZero(int a) {
    int x = a + EIGHTH;
    int x2 = highMultiply(x, x);
    int x3 = highMultiply(x2, x);
    int x4 = highMultiply(x2, x2);
    int cubicAndQuartic = highMultiply(divideByPowerOfTwo(x4, 2) + x3, ONE_THIRD);
    int higher = divideByPowerOfTwo(cubicAndQuartic + x2, 1);
    return EXP_OF_MINUS_EIGHTH + highMultiply(EXP_OF_MINUS_EIGHTH, x + higher);
  }
}
