// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static dev.facsimile.quantize.FixedPointMultiplier.divideByPowerOfTwo;

/**
 * Sigmoid and tanh of int16 in 16-bit fixed point, as gemmlowp computes them and TensorFlow Lite's
 * LSTM asks for; results are Q0.15. The operators LOGISTIC and TANH interpolate in a table instead.
 */
public final class GateFunctions {
  private static final int ONE = Short.MAX_VALUE;
  private static final int FRACTION_BITS = 15;
  // Q0.15: exp(-1/4), exp(-1/2), exp(-1), ... exp(-16).
  private static final int[] POWERS = {25520, 19875, 12055, 4435, 600, 11, 0};
  private static final int EXP_OF_MINUS_EIGHTH = 28918;
  private static final int ONE_THIRD = 10923;
  private static final int EIGHTH = 1 << 12;
  // Q2.13
  private static final int UNIT = 1 << 13;
  private static final int ESTIMATE_CONSTANT = 23130;
  private static final int ESTIMATE_SLOPE = -15420;
  private static final int STEPS = 3;

  /** exp of less than -32 is taken for zero where the argument has so many integer bits. */
  private static final int CLAMPED_FROM = 6;

  private static final int LOWEST_EXPONENT = -32;

  private GateFunctions() {}

  /**
   * Sigmoid.
   *
   * @param x Q3.12
   */
  public static int logistic(int x) {
    if (x == 0) {
      return 1 << (FRACTION_BITS - 1);
    }
    int positive = oneOverOnePlus(expOfNonPositive(-Math.abs(x), 3));
    return x > 0 ? positive : ONE - positive;
  }

  /**
   * Hyperbolic tangent.
   *
   * @param x with {@code integerBits} bits before the point and 15 - integerBits behind it
   * @param integerBits 0 .. 6
   */
  public static int tanh(int x, int integerBits) {
    if (x == 0) {
      return 0;
    }
    // exp(-2|x|): the same bits with the point one place further.
    int positive = oneMinusOverOnePlus(expOfNonPositive(-Math.abs(x), integerBits + 1));
    return x > 0 ? positive : -positive;
  }

  /**
   * exp(x): a polynomial of degree four on [-1/4, 0), times exp(-2^k) for each further bit k.
   *
   * @param x -32768 .. -1
   */
  private static int expOfNonPositive(int x, int integerBits) {
    int fractionBits = FRACTION_BITS - integerBits;
    if (integerBits >= CLAMPED_FROM && x < LOWEST_EXPONENT << fractionBits) {
      return 0;
    }
    int quarter = 1 << (fractionBits - 2);
    int modQuarterMinusQuarter = (x & (quarter - 1)) - quarter;
    int result = onMinusQuarterToZero(modQuarterMinusQuarter << integerBits);
    int remainder = modQuarterMinusQuarter - x;
    for (int k = 0; k < Math.min(POWERS.length, integerBits + 2); k++) {
      if ((remainder & (quarter << k)) != 0) {
        result = multiply(result, POWERS[k]);
      }
    }
    return result;
  }

  /** The Taylor polynomial around -1/8; argument and result Q0.15. */
  private static int onMinusQuarterToZero(int a) {
    int x = a + EIGHTH;
    int x2 = multiply(x, x);
    int x3 = multiply(x2, x);
    int x4 = multiply(x2, x2);
    int cubicAndQuartic = multiply(divideByPowerOfTwo(x4, 2) + x3, ONE_THIRD);
    int higher = divideByPowerOfTwo(cubicAndQuartic + x2, 1);
    return saturated(EXP_OF_MINUS_EIGHTH + multiply(EXP_OF_MINUS_EIGHTH, x + higher));
  }

  /** 1 / (1 + a) of 0 <= a < 1, Q0.15. */
  private static int oneOverOnePlus(int a) {
    return saturated(halfReciprocal(a) << 1);
  }

  /** (1 - a) / (1 + a) of 0 <= a < 1, Q0.15. */
  private static int oneMinusOverOnePlus(int a) {
    return saturated((halfReciprocal(a) - UNIT) << 2);
  }

  /** 2 / (1 + a), Q2.13, by Newton's method from the estimate 48/17 - 32/17 (1 + a) / 2. */
  private static int halfReciprocal(int a) {
    int halfDenominator = (a + ONE + 1) / 2;
    int x = ESTIMATE_CONSTANT + multiply(halfDenominator, ESTIMATE_SLOPE);
    for (int step = 0; step < STEPS; step++) {
      int error = UNIT - multiply(halfDenominator, x);
      x += saturated(multiply(x, error) << 2);
    }
    return x;
  }

  /** The high half of 2ab, rounded; a and b are never both -32768. */
  private static int multiply(int a, int b) {
    return (a * b + (1 << 14)) >> 15;
  }

  private static int saturated(int x) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, x));
  }
}
