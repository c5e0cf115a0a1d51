// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;

/**
 * Numbers of an int16 DIV. TensorFlow Lite has none; the contract is ours: the integer nearest to x
 * * multiplier / (y * 2^shift), halves away from zero, clamped. What is divided by zero becomes the
 * end of int16 on its side, and zero by zero is zero.
 *
 * @param multiplier 2^30 .. 2^31-1
 * @param shift 0 .. 47
 */
public record WideDivParameters(int multiplier, int shift, ActivationRange range) {
  private static final double SMALLEST = 0x1p-16;
  private static final double LARGEST = 0x1p30;

  public static WideDivParameters of(Graph graph, Binary op) {
    double a = graph.tensor(op.a()).perTensor().scale();
    double b = graph.tensor(op.b()).perTensor().scale();
    double output = graph.tensor(op.output()).perTensor().scale();
    // Beyond these every quotient is 0 or leaves int16.
    double held = Math.max(SMALLEST, Math.min(LARGEST, a / (b * output)));
    FixedPointMultiplier factor = FixedPointMultiplier.of(held);
    return new WideDivParameters(
        factor.multiplier(),
        31 - factor.shift(),
        ActivationRange.of(op.activation(), graph.tensor(op.output())));
  }

  /** The output code of two operand codes. */
  public int apply(int x, int y) {
    if (y == 0) {
      return range.clamp(x == 0 ? 0 : x < 0 ? Short.MIN_VALUE : Short.MAX_VALUE);
    }
    long numerator = (long) Math.abs(x) * multiplier;
    long denominator = (long) Math.abs(y) << shift;
    long magnitude = Math.min(Short.MAX_VALUE + 1, (numerator + denominator / 2) / denominator);
    return range.clamp((int) (x < 0 == y < 0 ? magnitude : -magnitude));
  }
}
