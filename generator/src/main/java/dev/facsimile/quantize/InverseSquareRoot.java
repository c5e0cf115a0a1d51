// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

/**
 * 1 / sqrt(x) as a fixed-point factor, by five steps of Newton's method in 32 bits: TensorFlow
 * Lite's GetInvSqrtQuantizedMultiplierExp. Numbers in the iteration have 28 fractional bits.
 */
public final class InverseSquareRoot {
  private static final int ONE = 1 << 28;
  private static final int THREE_HALVES = ONE + ONE / 2;

  /** sqrt(1/2) with 31 fractional bits. */
  private static final int HALF_ROOT_2 = 1518500250;

  private InverseSquareRoot() {}

  /**
   * The factor.
   *
   * @param x 0 or more; 0 counts as 1
   */
  public static FixedPointMultiplier of(int x) {
    if (x <= 1) {
      return new FixedPointMultiplier(Integer.MAX_VALUE, 0);
    }
    int shift = 11;
    int scaled = x;
    while (scaled >= 1 << 29) {
      scaled /= 4;
      shift++;
    }
    int pairs = (Integer.numberOfLeadingZeros(scaled) - 1) / 2 - 1;
    shift -= pairs;
    int half = FixedPointMultiplier.divideByPowerOfTwo(scaled << (2 * pairs) >> 1, 1);
    int root = FixedPointMultiplier.highMultiply(newton(half), HALF_ROOT_2);
    return shift < 0
        ? new FixedPointMultiplier(root << -shift, 0)
        : new FixedPointMultiplier(root, -shift);
  }

  private static int newton(int half) {
    int root = ONE;
    for (int i = 0; i < 5; i++) {
      int square = FixedPointMultiplier.highMultiply(root, root);
      int cube = saturatingShift(FixedPointMultiplier.highMultiply(square, root), 6);
      int change =
          FixedPointMultiplier.highMultiply(THREE_HALVES, root)
              - FixedPointMultiplier.highMultiply(half, cube);
      root = saturatingShift(change, 3);
    }
    return root;
  }

  private static int saturatingShift(int x, int bits) {
    long shifted = (long) x << bits;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, shifted));
  }
}
