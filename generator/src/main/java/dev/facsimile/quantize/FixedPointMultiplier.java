// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

/**
 * A real factor as the kernels apply it: multiplier * 2^(shift - 31), the multiplier a signed
 * 32-bit integer of magnitude 2^30 .. 2^31-1 (or 0), the shift to the left where positive.
 *
 * <p>The product rounds twice, as TensorFlow Lite's double-rounding build and gemmlowp do: half up
 * when the 64-bit product is halved to its high word, then half away from zero when it is shifted
 * right.
 */
public record FixedPointMultiplier(int multiplier, int shift) {

  /** Nothing passes: what a factor below 2^-32 becomes. */
  public static final FixedPointMultiplier ZERO = new FixedPointMultiplier(0, 0);

  public FixedPointMultiplier {
    if (shift < -31 || shift > 31) {
      throw new IllegalArgumentException("shift must be -31..31 but was " + shift);
    }
  }

  /**
   * The nearest representable factor; ties of the 31-bit fraction round away from zero, factors
   * below 2^-32 become zero.
   *
   * @param factor finite, of magnitude below 2^31; else an ArithmeticException is thrown, which
   *     {@link IntegerContract} turns into a diagnostic
   */
  public static FixedPointMultiplier of(double factor) {
    if (Double.isNaN(factor) || Math.abs(factor) >= 0x1p31) {
      throw new ScalesTooFarApart(factor);
    }
    if (factor == 0) {
      return ZERO;
    }
    int exponent = Math.getExponent(factor) + 1;
    if (exponent < -32) {
      return ZERO;
    }
    double fraction = Math.scalb(factor, -exponent);
    long fixed = Rounding.halfAwayFromZero(fraction * 0x1p31);
    if (fixed == 1L << 31) {
      fixed /= 2;
      exponent++;
    }
    return exponent < -31 ? ZERO : new FixedPointMultiplier((int) fixed, exponent);
  }

  /** x times the factor. Wraps where the left shift overflows 32 bits, as the kernels do. */
  public int apply(int x) {
    return multiply(x, multiplier, shift);
  }

  /** As {@link #apply}, for inner loops that keep multiplier and shift in arrays. */
  public static int multiply(int x, int multiplier, int shift) {
    return shift > 0
        ? highMultiply(x << shift, multiplier)
        : divideByPowerOfTwo(highMultiply(x, multiplier), -shift);
  }

  /**
   * The high word of 2ab, half rounded up (gemmlowp's SaturatingRoundingDoublingHighMul). Only a =
   * b = -2^31 saturates.
   */
  public static int highMultiply(int a, int b) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      return Integer.MAX_VALUE;
    }
    // Truncating (ab + nudge) / 2^31 with a nudge of ab's sign is the same as this one floor.
    return (int) (((long) a * b + (1L << 30)) >> 31);
  }

  /**
   * x / 2^exponent, half rounded away from zero (gemmlowp's RoundingDivideByPOT).
   *
   * @param exponent 0..31
   */
  public static int divideByPowerOfTwo(int x, int exponent) {
    int mask = (int) ((1L << exponent) - 1);
    int threshold = (mask >> 1) + (x >>> 31);
    return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
  }
}
