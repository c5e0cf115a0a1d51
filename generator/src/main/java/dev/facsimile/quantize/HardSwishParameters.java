// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;

/**
 * Numbers of an int8 HARD_SWISH, x * min(6, max(0, x + 3)) / 6, in the 16-bit arithmetic of
 * TensorFlow Lite's kernel: with v = (x - inputZeroPoint) * 2^7, the gate (saturated(v * gate) + 1)
 * / 2 in 0 .. 1, times v * output.
 *
 * @param gate input scale / 2^7 over 3 / 2^15: a 16-bit fraction and a shift
 * @param output input scale / 2^7 over output scale: a 16-bit fraction and a shift that is not
 *     positive
 */
public record HardSwishParameters(
    int inputZeroPoint, int outputZeroPoint, Factor gate, Factor output) {
  private static final int HEADROOM = 7;

  /** fraction * 2^(shift - 15). */
  public record Factor(short fraction, int shift) {
    static Factor of(float factor) {
      FixedPointMultiplier wide = FixedPointMultiplier.of(factor);
      int rounded = (int) (((long) wide.multiplier() + (1 << 15)) >> 16);
      return new Factor((short) Math.min(rounded, Short.MAX_VALUE), wide.shift());
    }
  }

  public static HardSwishParameters of(
      Quantization.PerTensor input, Quantization.PerTensor output) {
    float step = 1f / 128f * input.scale();
    return new HardSwishParameters(
        input.zeroPoint(),
        output.zeroPoint(),
        Factor.of(step / (3f / 32768f)),
        Factor.of(step / output.scale()));
  }

  /** Whether the kernel takes these scales: the output's at least the 128th part of the input's. */
  public boolean isDefined() {
    return output.shift() <= 0;
  }

  /** The output code of an input code. */
  public int apply(int x) {
    int value = (short) ((x - inputZeroPoint) << HEADROOM);
    int scaled = highMultiply(value, output.fraction());
    // Truncated towards zero, unlike every other product.
    int product = (gated(value) * scaled) / (1 << 15);
    int shifted = FixedPointMultiplier.divideByPowerOfTwo(product, Math.min(31, -output.shift()));
    return ActivationRange.FULL.clamp(shifted + outputZeroPoint);
  }

  /** min(6, max(0, x + 3)) / 6, Q0.15. */
  private int gated(int value) {
    int shift = gate.shift();
    int scaled = highMultiply(shift > 0 ? shiftLeft(value, shift - 1) : value, gate.fraction());
    if (shift > 0) {
      scaled = shiftLeft(scaled, 1);
    } else {
      scaled = FixedPointMultiplier.divideByPowerOfTwo(scaled, Math.min(31, -shift));
    }
    return (scaled + (1 << 15)) >> 1;
  }

  /** The high half of 2ab, half rounded up in magnitude. Nothing here is the lowest short twice. */
  private static int highMultiply(int a, int b) {
    int product = a * b;
    int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
    return (short) ((product + nudge) / (1 << 15));
  }

  private static int shiftLeft(int value, int bits) {
    long shifted = (long) value << bits;
    return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, shifted));
  }
}
