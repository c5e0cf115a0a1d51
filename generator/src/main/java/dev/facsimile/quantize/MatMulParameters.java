// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of BATCH_MATMUL: output code = limit(outputZeroPoint + output * sum of (x - zeroPointA) *
 * (y - zeroPointB)). Sums of int16 products have 64 bits, to which the factor applies in its
 * {@linkplain ReducedMultiplier reduced} form.
 */
public record MatMulParameters(
    int zeroPointA, int zeroPointB, int outputZeroPoint, FixedPointMultiplier output, Codes codes) {

  public static MatMulParameters of(Graph graph, BatchMatMul op) {
    Quantization.PerTensor a = graph.tensor(op.a()).perTensor();
    Quantization.PerTensor b = graph.tensor(op.b()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    // As in FULLY_CONNECTED, the kernel multiplies the two scales as floats.
    double product = a.scale() * b.scale();
    return new MatMulParameters(
        a.zeroPoint(),
        b.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(product / output.scale()),
        Codes.of(graph.tensor(op.output())));
  }

  /** The output code of one sum. */
  public int apply(long sum) {
    return codes.clamp(
        codes == Codes.INT16
            ? ReducedMultiplier.of(output).apply(sum)
            : output.apply((int) sum) + outputZeroPoint);
  }

  /** The largest magnitude that a sum of so many products can have. */
  long largest(int depth) {
    return depth * largestFactor(zeroPointA) * largestFactor(zeroPointB);
  }

  private long largestFactor(int zeroPoint) {
    return Math.max(zeroPoint - codes.min(), codes.max() - zeroPoint);
  }
}
