// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

/**
 * A real factor as TensorFlow Lite applies it to the 64-bit accumulators of its int16 kernels:
 * multiplier / 2^rightShift, the product rounded once, half up.
 *
 * @param multiplier the upper 16 bits of a {@link FixedPointMultiplier}'s: 2^14 .. 2^15-1, or 0
 * @param rightShift 8 .. 46
 */
public record ReducedMultiplier(int multiplier, int rightShift) {
  /** What accumulators stay below, so that their product with the multiplier is exact. */
  static final long LIMIT = 1L << 47;

  /** The largest left shift of a {@link FixedPointMultiplier} that has a reduced form. */
  public static final int MAX_LEFT_SHIFT = 7;

  public ReducedMultiplier {
    if (rightShift < 8 || rightShift > 46) {
      throw new IllegalArgumentException("shift must be 8..46 but was " + rightShift);
    }
  }

  public static ReducedMultiplier of(FixedPointMultiplier factor) {
    int rounded =
        factor.multiplier() < 0x7fff0000 ? (factor.multiplier() + (1 << 15)) >> 16 : 0x7fff;
    return new ReducedMultiplier(rounded, 15 - factor.shift());
  }

  /** x, below 2^47, times the factor; as in the kernels, what does not fit 32 bits wraps. */
  public int apply(long x) {
    return (int) ((x * multiplier + (1L << (rightShift - 1))) >> rightShift);
  }
}
