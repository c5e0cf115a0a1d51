// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;

/**
 * Numbers of an int8 RSQRT: clamp(outputZeroPoint + factor * 2^-20 * (2^20 / sqrt(x -
 * inputZeroPoint))), the highest code where the difference is 0. TensorFlow Lite stops with an
 * error below it; here such codes count as 0.
 *
 * @param factor 1 / (sqrt(input scale) * output scale)
 */
public record RsqrtParameters(
    int inputZeroPoint, int outputZeroPoint, FixedPointMultiplier factor) {
  private static final int FRACTION_BITS = 20;
  private static final int NARROWEST = -31;

  public static RsqrtParameters of(Quantization.PerTensor input, Quantization.PerTensor output) {
    // The kernel takes the root and the product in float and only then widens them.
    float root = (float) Math.sqrt(input.scale());
    double factor = 1.0 / (root * output.scale());
    return new RsqrtParameters(
        input.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(Math.min(factor, 0x1p31 - 1)));
  }

  /** The output code of an input code. */
  public int apply(int x) {
    int value = x - inputZeroPoint;
    if (value <= 0) {
      return Byte.MAX_VALUE;
    }
    FixedPointMultiplier root = InverseSquareRoot.of(value);
    int scaled = FixedPointMultiplier.multiply(1, root.multiplier(), root.shift() + FRACTION_BITS);
    return ActivationRange.FULL.clamp(rescale(scaled) + outputZeroPoint);
  }

  private int rescale(int root) {
    int shift = factor.shift() - FRACTION_BITS;
    if (shift > 0 && root >= 1 << (30 - shift)) {
      // The kernel's own shift overflows here; the result is far beyond int8.
      return 1 << 30;
    }
    return FixedPointMultiplier.multiply(root, factor.multiplier(), Math.max(NARROWEST, shift));
  }
}
