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

  /** Where TensorFlow Lite's table is one above the nearest integer. */
  private static final int[] HIGH = {
    4, 8, 12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29, 30, 31, 33, 34, 35, 37, 39, 40, 41,
    43, 44, 45, 46, 49, 50, 54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255
  };

  private static final int[] SIGMOID = sigmoid();

  private static int[] sigmoid() {
    int[] table = new int[LAST + 1];
    for (int i = 0; i <= LAST; i++) {
      double value = 65536 / (1 + StrictMath.exp(-i / 24.0));
      table[i] = (int) Rounding.halfAwayFromZero(value);
    }
    for (int i : HIGH) {
      table[i]++;
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

  /** Sigmoid of i / 24 in 1/65536, 256 entries of 32768 .. 65535. */
  public static int[] table() {
    return SIGMOID.clone();
  }
}
