// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;

/**
 * Numbers of an int16 TANH, whose output has the scale 1/32768: 2 sigmoid(2x) - 1 by the table of
 * {@link LogisticParameters}, the input in steps of 1/12288.
 *
 * @param multiplier 1 .. 32767
 * @param rightShift rounding shift of the product, 0 .. 31
 */
public record TanhParameters(int multiplier, int rightShift) {
  private static final int LAST = 255;
  private static final int[] SIGMOID = LogisticParameters.table();

  public static TanhParameters of(Quantization.PerTensor input) {
    LogisticParameters steps = LogisticParameters.of(input);
    return new TanhParameters(steps.multiplier(), steps.rightShift());
  }

  /** The output code of an input code. */
  public int apply(int code) {
    int round = rightShift > 0 ? 1 << (rightShift - 1) : 0;
    int input = (code * multiplier + round) >> rightShift;
    int magnitude = Math.abs(input);
    int index = magnitude >> 8;
    int result = 0xffff << 8;
    if (index < LAST) {
      int slope = SIGMOID[index + 1] - SIGMOID[index];
      result = (SIGMOID[index] << 8) + (magnitude & 0xff) * slope;
    }
    int above = result - (1 << 23);
    return input >= 0 ? (above + (1 << 7)) >> 8 : (-above + (1 << 7) - 1) >> 8;
  }
}
