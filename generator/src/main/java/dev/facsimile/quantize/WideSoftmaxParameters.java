// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Softmax;

/**
 * Numbers of an int16 SOFTMAX, whose output has the scale 1/32768: the distance of each code from
 * its row's largest is brought to steps of 10/65535, its exponential and the reciprocal of the
 * row's sum are read from tables that are the same for all networks.
 *
 * @param difference from the input's steps to those of the exponential's table; shift at most
 *     {@link #MAX_SHIFT}
 */
public record WideSoftmaxParameters(FixedPointMultiplier difference) {
  /** A larger factor would leave 32 bits; the input's range would be in the tens of thousands. */
  public static final int MAX_SHIFT = 14;

  /** Longest row whose sum of exponentials fits 32 bits. */
  public static final int MAX_DEPTH = 65_535;

  private static final int RANGE = Short.MAX_VALUE - Short.MIN_VALUE;
  private static final double OUTPUT_SCALE = 2.0 / RANGE;
  private static final InterpolatedTable EXPONENTIALS =
      InterpolatedTable.ofDoubles(10.0 / RANGE * -RANGE, 0, OUTPUT_SCALE, StrictMath::exp);
  private static final InterpolatedTable RECIPROCALS =
      InterpolatedTable.ofDoubles(0, 1.0 / RANGE * RANGE, OUTPUT_SCALE, x -> 1 / (1 + x));

  public static WideSoftmaxParameters of(Graph graph, Softmax op) {
    float scaled = graph.tensor(op.input()).perTensor().scale() * op.beta();
    return new WideSoftmaxParameters(FixedPointMultiplier.of(scaled / (10.0 / RANGE)));
  }

  /** exp of -10 .. 0 by codes. */
  public static InterpolatedTable exponentials() {
    return EXPONENTIALS;
  }

  /** 1 / (1 + x) of 0 .. 1 by codes. */
  public static InterpolatedTable reciprocals() {
    return RECIPROCALS;
  }

  /** Softmax of the {@code length} elements from element {@code offset} on. */
  public void apply(byte[] input, byte[] output, int offset, int length) {
    int max = Short.MIN_VALUE;
    for (int i = offset; i < offset + length; i++) {
      max = Math.max(max, Codes.INT16.get(input, i));
    }
    int[] exponentials = new int[length];
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int scaled = difference.apply(Codes.INT16.get(input, offset + i) - max);
      exponentials[i] = EXPONENTIALS.apply(Codes.INT16.clamp(scaled + Short.MAX_VALUE));
      sum += exponentials[i];
    }
    int headroom = Integer.numberOfLeadingZeros(sum);
    int shifted = (int) ((((long) sum << (headroom - 1)) + (1 << 13)) >> 14);
    int reciprocal = RECIPROCALS.apply(Codes.INT16.clamp(shifted - (1 << 15) - (1 << 16)));
    int rightShift = 31 - headroom;
    for (int i = 0; i < length; i++) {
      int product = exponentials[i] * reciprocal + (1 << (rightShift - 1));
      int result = product >> rightShift;
      Codes.INT16.put(output, offset + i, Math.max(0, Math.min(Short.MAX_VALUE, result)));
    }
  }
}
