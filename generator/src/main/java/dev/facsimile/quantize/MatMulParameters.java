// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of BATCH_MATMUL: output code = limit(outputZeroPoint + output * sum of (x - zeroPointA) *
 * (y - zeroPointB)).
 */
public record MatMulParameters(
    int zeroPointA, int zeroPointB, int outputZeroPoint, FixedPointMultiplier output) {

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
        FixedPointMultiplier.of(product / output.scale()));
  }

  /** The output code of one sum. */
  public byte apply(int sum) {
    return (byte) ActivationRange.FULL.clamp(output.apply(sum) + outputZeroPoint);
  }

  /** The largest magnitude of one factor of a sum, for codes of one operand. */
  static long largest(int zeroPoint) {
    return Math.max(zeroPoint - Byte.MIN_VALUE, Byte.MAX_VALUE - zeroPoint);
  }
}
