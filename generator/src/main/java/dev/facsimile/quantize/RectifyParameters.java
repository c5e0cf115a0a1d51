// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.Unary;

/**
 * Numbers of an int16 RELU, RELU6 or RELU_N1_TO_1: clamp(factor * x, min, max).
 *
 * @param range real 0 and the upper bound as output codes
 */
public record RectifyParameters(FixedPointMultiplier factor, ActivationRange range) {

  public static RectifyParameters of(Graph graph, Unary op) {
    Tensor output = graph.tensor(op.output());
    Activation activation =
        switch (op.function()) {
          case RELU -> Activation.RELU;
          case RELU6 -> Activation.RELU6;
          case RELU_N1_TO_1 -> Activation.RELU_N1_TO_1;
          default -> throw new IllegalArgumentException("no rectifier: " + op.function());
        };
    // The kernel divides the scales as floats.
    float factor = graph.tensor(op.input()).perTensor().scale() / output.perTensor().scale();
    return new RectifyParameters(
        FixedPointMultiplier.of(factor), ActivationRange.of(activation, output));
  }

  /** The output code of an input code. */
  public int apply(int code) {
    return range.clamp(factor.apply(code));
  }
}
