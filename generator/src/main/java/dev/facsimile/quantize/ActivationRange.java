// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Quantization;

/**
 * The int8 codes an output may take: what a fused activation leaves of -128..127 (TensorFlow Lite's
 * CalculateActivationRangeQuantized).
 */
public record ActivationRange(int min, int max) {

  /** All of int8. */
  public static final ActivationRange FULL = new ActivationRange(Byte.MIN_VALUE, Byte.MAX_VALUE);

  public ActivationRange {
    if (min < Byte.MIN_VALUE || max > Byte.MAX_VALUE || min > max) {
      throw new IllegalArgumentException("not a range of int8 codes: " + min + ".." + max);
    }
  }

  /**
   * The codes from the activation's lower bound to its upper one; never empty, because they hold
   * real value 0.
   */
  public static ActivationRange of(Activation activation, Quantization.PerTensor output) {
    int lowest = bound(activation.min(), output, Byte.MIN_VALUE);
    int highest = bound(activation.max(), output, Byte.MAX_VALUE);
    return new ActivationRange(FULL.clamp(lowest), FULL.clamp(highest));
  }

  private static int bound(float real, Quantization.PerTensor output, int unbounded) {
    if (Float.isInfinite(real)) {
      return unbounded;
    }
    // The quotient is a float in the kernels too: in double some bounds fall on another code.
    return Rounding.toCode(real / output.scale(), output.zeroPoint());
  }

  public int clamp(int code) {
    return Math.min(Math.max(code, min), max);
  }
}
