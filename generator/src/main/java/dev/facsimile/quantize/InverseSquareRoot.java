// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static dev.facsimile.quantize.FixedPointMultiplier.divideByPowerOfTwo;
import static dev.facsimile.quantize.FixedPointMultiplier.highMultiply;

/**
 * 1 / sqrt(x) of an integer in fixed point, as TensorFlow Lite's GetInvSqrtQuantizedMultiplierExp
 * computes it for RSQRT and L2_NORMALIZATION: x is brought to 1/4 .. 1 by an even number of bits,
 * then five Newton steps r = 3/2 r - x/2 r^3 from r = 1.
 */
public final class InverseSquareRoot {
  private static final int STEPS = 5;
  // Q3.28
  private static final int ONE = 1 << 28;
  private static final int THREE_HALVES = 3 << 27;
  // Q0.31: sqrt(1/2)
  private static final int SQRT_HALF = 1518500250;

  private InverseSquareRoot() {}

  /**
   * The factor 1 / sqrt(x).
   *
   * @param x 0 or more; 0 counts as 1
   */
  public static FixedPointMultiplier of(int x) {
    if (x <= 1) {
      return new FixedPointMultiplier(Integer.MAX_VALUE, 0);
    }
    int bits = 11;
    int input = x;
    while (input >= 1 << 29) {
      input /= 4;
      bits++;
    }
    int pairs = (Integer.numberOfLeadingZeros(input) - 1) / 2 - 1;
    bits -= pairs;
    int root = highMultiply(newton(input << (2 * pairs)), SQRT_HALF);
    return bits < 0
        ? new FixedPointMultiplier(root << -bits, 0)
        : new FixedPointMultiplier(root, -bits);
  }

  /**
   * 1 / sqrt(input) of Q2.29, result Q3.28.
   *
   * @param input 2^27 .. 2^29 - 1
   */
  private static int newton(int input) {
    int half = divideByPowerOfTwo(input >> 1, 1);
    int root = ONE;
    for (int step = 0; step < STEPS; step++) {
      // Products of two numbers with three integer bits have six, of three nine.
      int square = highMultiply(root, root);
      int cube = Reciprocal.shiftLeftSaturating(highMultiply(square, root), 6);
      int next = highMultiply(THREE_HALVES, root) - highMultiply(half, cube);
      root = Reciprocal.shiftLeftSaturating(next, 3);
    }
    return root;
  }
}
