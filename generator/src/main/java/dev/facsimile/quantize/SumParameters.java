// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Shape;

/**
 * Numbers of MEAN and SUM: clamp(outputZeroPoint + output * (sum of codes - count *
 * inputZeroPoint)). The mean's division by count is folded into the multiplier.
 *
 * <p>SUM follows TensorFlow Lite's optimized and Micro kernels: 2.19's reference SUM alone takes
 * int8 codes for uint8 ones, a defect that later versions do not have.
 *
 * @param count codes that go into one output
 * @param codes the codes an output may have
 */
public record SumParameters(
    int inputZeroPoint, int outputZeroPoint, int count, FixedPointMultiplier output, Codes codes) {

  public static SumParameters of(Graph graph, Reduce op) {
    Quantization.PerTensor input = graph.tensor(op.input()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    int count = count(graph.tensor(op.input()).shape(), op);
    FixedPointMultiplier factor =
        FixedPointMultiplier.of((double) input.scale() / (double) output.scale());
    return new SumParameters(
        input.zeroPoint(),
        output.zeroPoint(),
        count,
        op.function() == Reduce.Kind.MEAN ? dividedBy(factor, count) : factor,
        Codes.of(graph.tensor(op.output())));
  }

  private static int count(Shape input, Reduce op) {
    return op.axes().stream().mapToInt(input::dim).reduce(1, (a, b) -> a * b);
  }

  /** The kernel's own division: an integer quotient, not the nearest factor. */
  private static FixedPointMultiplier dividedBy(FixedPointMultiplier factor, int count) {
    int wanted = 31 - Integer.numberOfLeadingZeros(count);
    int shift = Math.min(wanted, 31 + factor.shift());
    long multiplier = ((long) factor.multiplier() << shift) / count;
    return new FixedPointMultiplier((int) multiplier, factor.shift() - shift);
  }

  /** The output code of a sum of codes. */
  public int apply(int sum) {
    return codes.clamp(output.apply(sum - inputZeroPoint * count) + outputZeroPoint);
  }
}
