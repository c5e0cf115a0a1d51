// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of SQUARED_DIFFERENCE: both operands are lifted by {@link #LEFT_SHIFT} bits and brought
 * to twice the larger of their scales, subtracted, squared, and scaled to the output:
 * clamp(outputZeroPoint + output * (a * ((x - zeroPointA) << 7) - b * ((y - zeroPointB) << 7))^2).
 */
public record SquaredDifferenceParameters(
    int zeroPointA,
    int zeroPointB,
    int outputZeroPoint,
    FixedPointMultiplier a,
    FixedPointMultiplier b,
    FixedPointMultiplier output) {

  /** Bits of headroom that 8-bit operands leave for the square. */
  public static final int LEFT_SHIFT = 7;

  public static SquaredDifferenceParameters of(Graph graph, Binary op) {
    Quantization.PerTensor a = graph.tensor(op.a()).perTensor();
    Quantization.PerTensor b = graph.tensor(op.b()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    double common = 2.0 * Math.max(a.scale(), b.scale());
    return new SquaredDifferenceParameters(
        a.zeroPoint(),
        b.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(a.scale() / common),
        FixedPointMultiplier.of(b.scale() / common),
        FixedPointMultiplier.of(
            common * common / ((1 << (2 * LEFT_SHIFT)) * (double) output.scale())));
  }

  /** The output code of two operand codes. */
  public int apply(int x, int y) {
    int left = a.apply((x - zeroPointA) << LEFT_SHIFT);
    int right = b.apply((y - zeroPointB) << LEFT_SHIFT);
    int difference = left - right;
    return ActivationRange.FULL.clamp(output.apply(difference * difference) + outputZeroPoint);
  }
}
