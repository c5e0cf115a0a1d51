// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;

/**
 * Numbers of an int16 LOGISTIC, whose output has the scale 1/32768: the input is brought to steps
 * of 1/12288, the sigmoid of its magnitude interpolated between 256 values 1/24 apart, and mirrored
 * for negative inputs.
 *
 * @param multiplier 1 .. 32767
 * @param rightShift rounding shift of the product, 0 .. 31
 */
public record LogisticParameters(int multiplier, int rightShift) {
  private static final int LAST = 255;
  private static final int[] SIGMOID = sigmoid();

  private static int[] sigmoid() {
    int[] table = new int[LAST + 1];
    for (int i = 0; i <= LAST; i++) {
      double value = 65536 / (1 + StrictMath.exp(-i / 24.0));
      table[i] = (int) Math.min(65535, Rounding.halfAwayFromZero(value));
    }
    return table;
  }

  public static LogisticParameters of(Quantization.PerTensor input) {
    if (input.scale() == 0x1p-12f) {
      return new LogisticParameters(3, 0);
    }
    double multiplier = input.scale() * 4096.0 * 3.0;
    int rightShift = 0;
    while (multiplier <= Short.MAX_VALUE / 2.0 && rightShift <= 30) {
      rightShift++;
      multiplier *= 2;
    }
    return new LogisticParameters((int) Math.min(multiplier, Short.MAX_VALUE), rightShift);
  }

  /** The output code of an input code. */
  public int apply(int code) {
    int round = rightShift > 0 ? 1 << (rightShift - 1) : 0;
    int input = (code * multiplier + round) >> rightShift;
    int magnitude = Math.abs(input);
    int index = magnitude >> 9;
    int result = Short.MAX_VALUE << 10;
    if (index < LAST) {
      int slope = SIGMOID[index + 1] - SIGMOID[index];
      result = (SIGMOID[index] << 9) + (magnitude & 0x1ff) * slope;
    }
    int mirrored = input >= 0 ? result + (1 << 9) : (1 << 25) - result + (1 << 9) - 1;
    return mirrored >> 10;
  }

  /** Sigmoid of i / 24 in 1/65536, 256 entries. */
  public static int[] table() {
    return SIGMOID.clone();
  }
}
