// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Tensor;

/**
 * Numbers of QUANTIZE from integers to integers, of the same type or of another:
 * clamp(outputZeroPoint + factor * (x - inputZeroPoint)).
 *
 * @param output the codes it may give
 */
public record RequantizeParameters(
    int inputZeroPoint, int outputZeroPoint, FixedPointMultiplier factor, Codes output) {

  public static RequantizeParameters of(Graph graph, Quantize op) {
    return of(graph.tensor(op.input()), graph.tensor(op.output()));
  }

  public static RequantizeParameters of(Tensor input, Tensor output) {
    double factor = (double) input.perTensor().scale() / (double) output.perTensor().scale();
    return new RequantizeParameters(
        input.perTensor().zeroPoint(),
        output.perTensor().zeroPoint(),
        FixedPointMultiplier.of(factor),
        Codes.of(output));
  }

  /** The output code of an input code. */
  public int apply(int code) {
    return output.clamp(factor.apply(code - inputZeroPoint) + outputZeroPoint);
  }
}
