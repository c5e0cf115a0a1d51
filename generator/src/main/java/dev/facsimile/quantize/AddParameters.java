// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of ADD and SUB: both operands are lifted by {@link #leftShift} bits and brought to twice
 * the larger of their scales, added or subtracted, and scaled to the output: clamp(outputZeroPoint
 * + output * (a * ((x - zeroPointA) << leftShift) +- b * ((y - zeroPointB) << leftShift))).
 *
 * @param subtract SUB
 * @param leftShift 20 for int8, 15 for int16: what an int32 leaves for the sum
 */
public record AddParameters(
    boolean subtract,
    int leftShift,
    int zeroPointA,
    int zeroPointB,
    int outputZeroPoint,
    FixedPointMultiplier a,
    FixedPointMultiplier b,
    FixedPointMultiplier output,
    ActivationRange range) {

  public static AddParameters of(Graph graph, Binary op) {
    Quantization.PerTensor a = graph.tensor(op.a()).perTensor();
    Quantization.PerTensor b = graph.tensor(op.b()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    int leftShift = graph.tensor(op.output()).type() == DType.INT16 ? 15 : 20;
    double common = 2.0 * Math.max(a.scale(), b.scale());
    return new AddParameters(
        op.function() == Binary.Kind.SUB,
        leftShift,
        a.zeroPoint(),
        b.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(a.scale() / common),
        FixedPointMultiplier.of(b.scale() / common),
        FixedPointMultiplier.of(common / ((1 << leftShift) * (double) output.scale())),
        ActivationRange.of(op.activation(), graph.tensor(op.output())));
  }

  /** The output code of two operand codes. */
  public int apply(int x, int y) {
    int left = a.apply((x - zeroPointA) << leftShift);
    int right = b.apply((y - zeroPointB) << leftShift);
    int sum = subtract ? left - right : left + right;
    return range.clamp(output.apply(sum) + outputZeroPoint);
  }
}
