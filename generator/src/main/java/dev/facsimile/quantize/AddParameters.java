// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of ADD and SUB: both operands are lifted by {@link #LEFT_SHIFT} bits and brought to twice
 * the larger of their scales, added or subtracted, and scaled to the output: clamp(outputZeroPoint
 * + output * (a * ((x - zeroPointA) << 20) +- b * ((y - zeroPointB) << 20))).
 *
 * @param subtract SUB
 */
public record AddParameters(
    boolean subtract,
    int zeroPointA,
    int zeroPointB,
    int outputZeroPoint,
    FixedPointMultiplier a,
    FixedPointMultiplier b,
    FixedPointMultiplier output,
    ActivationRange range) {

  /** Bits of headroom that 8-bit operands leave for the sum. */
  public static final int LEFT_SHIFT = 20;

  public static AddParameters of(Graph graph, Binary op) {
    Quantization.PerTensor a = graph.tensor(op.a()).perTensor();
    Quantization.PerTensor b = graph.tensor(op.b()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    double common = 2.0 * Math.max(a.scale(), b.scale());
    return new AddParameters(
        op.function() == Binary.Kind.SUB,
        a.zeroPoint(),
        b.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(a.scale() / common),
        FixedPointMultiplier.of(b.scale() / common),
        FixedPointMultiplier.of(common / ((1 << LEFT_SHIFT) * (double) output.scale())),
        ActivationRange.of(op.activation(), graph.tensor(op.output())));
  }

  /** The output code of two operand codes. */
  public int apply(int x, int y) {
    int left = a.apply((x - zeroPointA) << LEFT_SHIFT);
    int right = b.apply((y - zeroPointB) << LEFT_SHIFT);
    int sum = subtract ? left - right : left + right;
    return range.clamp(output.apply(sum) + outputZeroPoint);
  }
}
