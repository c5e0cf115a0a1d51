// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of PRELU: outputZeroPoint + identity * (x - inputZeroPoint) where that difference is not
 * negative, else outputZeroPoint + slope * ((x - inputZeroPoint) * (alpha - alphaZeroPoint)).
 */
public record PReluParameters(
    int inputZeroPoint,
    int alphaZeroPoint,
    int outputZeroPoint,
    FixedPointMultiplier identity,
    FixedPointMultiplier slope) {

  public static PReluParameters of(Graph graph, PRelu op) {
    Quantization.PerTensor input = graph.tensor(op.input()).perTensor();
    Quantization.PerTensor alpha = graph.tensor(op.alpha()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    // The kernel computes both factors in float and only then widens them.
    float identity = input.scale() / output.scale();
    float slope = input.scale() * alpha.scale() / output.scale();
    return new PReluParameters(
        input.zeroPoint(),
        alpha.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(identity),
        FixedPointMultiplier.of(slope));
  }

  /** The output code of an input code and a slope's code. */
  public int apply(int x, int alpha) {
    int value = x - inputZeroPoint;
    int scaled = value >= 0 ? identity.apply(value) : slope.apply(value * (alpha - alphaZeroPoint));
    return ActivationRange.FULL.clamp(scaled + outputZeroPoint);
  }
}
