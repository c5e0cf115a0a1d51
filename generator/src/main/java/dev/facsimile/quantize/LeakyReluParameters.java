// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Unary;

/**
 * Numbers of LEAKY_RELU: x less its zero point times one factor where positive, else another; and
 * of ABS, which is the LEAKY_RELU with the slope -1.
 */
public record LeakyReluParameters(FixedPointMultiplier identity, FixedPointMultiplier slope) {

  public static LeakyReluParameters of(Graph graph, Unary op) {
    float alpha = op.function() == Unary.Kind.ABS ? -1 : op.alpha();
    return of(graph.tensor(op.input()).perTensor(), graph.tensor(op.output()).perTensor(), alpha);
  }

  /** The kernel computes both factors in float. */
  static LeakyReluParameters of(
      Quantization.PerTensor input, Quantization.PerTensor output, float alpha) {
    return new LeakyReluParameters(
        FixedPointMultiplier.of(input.scale() / output.scale()),
        FixedPointMultiplier.of(input.scale() * alpha / output.scale()));
  }

  /** The output less its zero point, not yet clamped. */
  public int apply(int value) {
    return value >= 0 ? identity.apply(value) : slope.apply(value);
  }
}
