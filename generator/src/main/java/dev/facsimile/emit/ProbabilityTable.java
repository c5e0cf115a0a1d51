// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Quantization;
import dev.facsimile.quantize.AffineMapping;

/** From the code of an occurrence to its probability. */
public final class ProbabilityTable {
  /** A threshold that no code reaches. */
  public static final int NEVER = 128;

  private ProbabilityTable() {}

  /** The probability that a code stands for: the sigmoid of a logit, 0 .. 1. */
  static double probability(int code, Quantization.PerTensor quantization, boolean isProbability) {
    double real = AffineMapping.dequantize((byte) code, quantization);
    return isProbability ? Math.max(0, Math.min(1, real)) : 1 / (1 + StrictMath.exp(-real));
  }

  /** 256 entries by code + 128, in 1/32768. */
  static int[] q15(Quantization.PerTensor quantization, boolean isProbability) {
    int[] table = new int[256];
    for (int code = -128; code <= 127; code++) {
      table[code + 128] =
          (int) Math.floor(probability(code, quantization, isProbability) * 32768 + 0.5);
    }
    return table;
  }

  /**
   * The smallest code whose probability reaches {@code threshold}: the decision of the real-valued
   * network on the integer one's scale; {@link #NEVER} where none does.
   */
  public static int thresholdCode(
      double threshold, Quantization.PerTensor quantization, boolean isProbability) {
    for (int code = -128; code <= 127; code++) {
      if (probability(code, quantization, isProbability) >= threshold) {
        return code;
      }
    }
    return NEVER;
  }
}
