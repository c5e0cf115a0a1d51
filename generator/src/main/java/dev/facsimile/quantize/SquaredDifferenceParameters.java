// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of SQUARED_DIFFERENCE: both operands are lifted by {@link #leftShift} bits and brought to
 * twice the larger of their scales, subtracted, squared, and scaled to the output:
 * clamp(outputZeroPoint + output * (a * ((x - zeroPointA) << leftShift) - b * ((y - zeroPointB) <<
 * leftShift))^2).
 *
 * <p>TensorFlow Lite has no int16 form; ours lifts by 15 bits and keeps of the square the high word
 * of its double.
 *
 * @param leftShift 7 for int8
 */
public record SquaredDifferenceParameters(
    Codes codes,
    int leftShift,
    int zeroPointA,
    int zeroPointB,
    int outputZeroPoint,
    FixedPointMultiplier a,
    FixedPointMultiplier b,
    FixedPointMultiplier output) {

  public static SquaredDifferenceParameters of(Graph graph, Binary op) {
    Quantization.PerTensor a = graph.tensor(op.a()).perTensor();
    Quantization.PerTensor b = graph.tensor(op.b()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    Codes codes = Codes.of(graph.tensor(op.output()));
    int leftShift = codes == Codes.INT16 ? 15 : 7;
    int squareShift = codes == Codes.INT16 ? 2 * leftShift - 31 : 2 * leftShift;
    double common = 2.0 * Math.max(a.scale(), b.scale());
    return new SquaredDifferenceParameters(
        codes,
        leftShift,
        a.zeroPoint(),
        b.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(a.scale() / common),
        FixedPointMultiplier.of(b.scale() / common),
        FixedPointMultiplier.of(
            common * common / (Math.scalb(1.0, squareShift) * (double) output.scale())));
  }

  /** The output code of two operand codes. */
  public int apply(int x, int y) {
    int left = a.apply((x - zeroPointA) << leftShift);
    int right = b.apply((y - zeroPointB) << leftShift);
    int difference = left - right;
    int square =
        codes == Codes.INT16
            ? FixedPointMultiplier.highMultiply(difference, difference)
            : difference * difference;
    return codes.clamp(output.apply(square) + outputZeroPoint);
  }
}
