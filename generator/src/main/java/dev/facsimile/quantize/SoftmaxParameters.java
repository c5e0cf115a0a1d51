// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Softmax;

/**
 * The exponentials of an int8 SOFTMAX. Its output is always quantized with scale 1/256 and zero
 * point -128.
 *
 * <p>For a row: sum of round(exp(max - x) / 2^12) over the row, {@link Reciprocal} of the sum, then
 * each output is round(reciprocal * exp(max - x) / 2^(31 - 8 + bits)) - 128, saturated.
 */
public final class SoftmaxParameters {
  /** Bits by which exponentials are narrowed before they are summed: Q0.31 to Q12.19. */
  public static final int SUM_SHIFT = 12;

  /**
   * Longest row: where the sum of exponentials could reach 512, the kernel's result is undefined.
   */
  public static final int MAX_DEPTH = 511;

  private static final int DIFFERENCE_INTEGER_BITS = 5;

  private final int[] exponentials;

  private SoftmaxParameters(int[] exponentials) {
    this.exponentials = exponentials;
  }

  public static SoftmaxParameters of(Graph graph, Softmax op) {
    return of(graph.tensor(op.input()).perTensor(), op.beta());
  }

  public static SoftmaxParameters of(Quantization.PerTensor input, float beta) {
    double factor = (double) beta * input.scale() * (1 << (31 - DIFFERENCE_INTEGER_BITS));
    FixedPointMultiplier multiplier = FixedPointMultiplier.of(Math.min(factor, 0x1p31 - 1));
    int radius = radius(multiplier.shift());
    int[] exponentials = new int[256];
    for (int difference = 0; difference < 256 && difference <= radius; difference++) {
      exponentials[difference] = FixedPointExponential.ofNonPositive(multiplier.apply(-difference));
    }
    return new SoftmaxParameters(exponentials);
  }

  /** The largest difference whose exponential is computed; beyond it, it counts as zero. */
  private static int radius(int shift) {
    double largest =
        ((1 << DIFFERENCE_INTEGER_BITS) - 1)
            * Math.scalb(1.0, 31 - DIFFERENCE_INTEGER_BITS)
            / Math.scalb(1.0, shift);
    return (int) Math.floor(largest);
  }

  /**
   * exp(-difference * scale * beta) as Q0.31, 0 where it is too small to count.
   *
   * @param difference of two codes, 0..255
   */
  public int exponential(int difference) {
    return exponentials[difference];
  }

  /** The table of {@link #exponential}: 256 entries by difference. */
  public int[] toTable() {
    return exponentials.clone();
  }

  /**
   * Softmax of one row.
   *
   * @param input codes of which {@code length} (1..511) from {@code offset} on are the row
   * @param output receives the codes at the same places
   */
  public void apply(byte[] input, byte[] output, int offset, int length) {
    int max = Byte.MIN_VALUE;
    for (int i = offset; i < offset + length; i++) {
      max = Math.max(max, input[i]);
    }
    int sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += FixedPointMultiplier.divideByPowerOfTwo(exponentials[max - input[i]], SUM_SHIFT);
    }
    Reciprocal reciprocal = Reciprocal.of(sum, SUM_SHIFT);
    int shift = reciprocal.bitsOverUnit() + 31 - 8;
    for (int i = offset; i < offset + length; i++) {
      int product =
          FixedPointMultiplier.highMultiply(reciprocal.value(), exponentials[max - input[i]]);
      int scaled = FixedPointMultiplier.divideByPowerOfTwo(product, shift);
      output[i] = (byte) ActivationRange.FULL.clamp(scaled + Byte.MIN_VALUE);
    }
  }
}
