// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

/** The rounding of real numbers in the contract. */
public final class Rounding {
  private static final long FAR = 1L << 30;

  private Rounding() {}

  /** The nearest integer, halves away from zero, as C's round(); saturates at the ends of long. */
  public static long halfAwayFromZero(double value) {
    double magnitude = Math.abs(value);
    double whole = Math.floor(magnitude);
    // Not floor(magnitude + 0.5): that sum is itself rounded and lifts 0.49999999999999994 to 1.
    if (magnitude - whole >= 0.5) {
      whole += 1;
    }
    return (long) (value < 0 ? -whole : whole);
  }

  /**
   * {@code zeroPoint} + the nearest integer, halves away from zero; held within 2^30 of the zero
   * point, far outside int8 yet safe from overflow.
   */
  static int toCode(double quotient, int zeroPoint) {
    long nearest = halfAwayFromZero(quotient);
    return zeroPoint + (int) Math.max(-FAR, Math.min(FAR, nearest));
  }
}
