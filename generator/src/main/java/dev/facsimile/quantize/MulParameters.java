// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/** Numbers of MUL: clamp(outputZeroPoint + output * ((x - zeroPointA) * (y - zeroPointB))). */
public record MulParameters(
    int zeroPointA,
    int zeroPointB,
    int outputZeroPoint,
    FixedPointMultiplier output,
    ActivationRange range) {

  public static MulParameters of(Graph graph, Binary op) {
    Quantization.PerTensor a = graph.tensor(op.a()).perTensor();
    Quantization.PerTensor b = graph.tensor(op.b()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    // The kernel computes the factor in float and only then widens it.
    float factor = a.scale() * b.scale() / output.scale();
    return new MulParameters(
        a.zeroPoint(),
        b.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(factor),
        ActivationRange.of(op.activation(), graph.tensor(op.output())));
  }

  /** The output code of two operand codes. */
  public int apply(int x, int y) {
    int product = (x - zeroPointA) * (y - zeroPointB);
    return range.clamp(output.apply(product) + outputZeroPoint);
  }
}
