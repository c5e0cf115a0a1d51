// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Quantization;
import dev.facsimile.quantize.Codes;

/** From the code of an occurrence to its probability. */
public final class ProbabilityTable {
  private static final int WIDE_STEP = 128;

  private ProbabilityTable() {}

  /** The probability that a code stands for: the sigmoid of a logit, 0 .. 1. */
  static double probability(int code, Quantization.PerTensor quantization, boolean isProbability) {
    double real = (double) quantization.scale() * (code - quantization.zeroPoint());
    return isProbability ? Math.max(0, Math.min(1, real)) : 1 / (1 + StrictMath.exp(-real));
  }

  /** A probability in 1/32768. */
  static int q15(double probability) {
    return (int) Math.floor(probability * 32768 + 0.5);
  }

  /**
   * Probabilities in 1/32768: 256 entries by int8 code + 128, or 513, of every 128th int16 code
   * from -32768 to 32768.
   */
  static int[] q15(Codes codes, Quantization.PerTensor quantization, boolean isProbability) {
    int step = codes == Codes.INT8 ? 1 : WIDE_STEP;
    int[] table = new int[codes == Codes.INT8 ? 256 : 513];
    for (int i = 0; i < table.length; i++) {
      table[i] = q15(probability(codes.min() + i * step, quantization, isProbability));
    }
    return table;
  }

  /**
   * The smallest code whose probability reaches {@code threshold}: the decision of the real-valued
   * network on the integer one's scale; one more than the largest code where none does.
   */
  public static int thresholdCode(
      Codes codes, double threshold, Quantization.PerTensor quantization, boolean isProbability) {
    for (int code = codes.min(); code <= codes.max(); code++) {
      if (probability(code, quantization, isProbability) >= threshold) {
        return code;
      }
    }
    return codes.max() + 1;
  }
}
