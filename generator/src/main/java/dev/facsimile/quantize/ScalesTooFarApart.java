// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

/** A quotient of scales that no {@link FixedPointMultiplier} holds. */
final class ScalesTooFarApart extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  ScalesTooFarApart(double factor) {
    super("factor must lie within 2^31 but was " + factor);
  }
}
