// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where a BATCH_MATMUL finds its elements: output [batch, i, j] = sum over k of a [batch, i, k] * b
 * [batch, k, j]. Steps are in elements; a batch axis along which an operand is repeated has step 0.
 *
 * @param batches extents of the three batch axes, 1 in front where there are fewer
 * @param a steps of the left operand
 * @param b steps of the right operand
 */
public record MatrixLayout(
    List<Integer> batches, int rows, int columns, int depth, Steps a, Steps b) {
  private static final int BATCH_AXES = BatchMatMul.MAX_RANK - 2;

  /**
   * Steps through one operand.
   *
   * @param batch along each batch axis
   * @param outer from one row of {@code a}, or one column of {@code b}, to the next
   * @param depth from one factor of a sum to the next
   */
  public record Steps(List<Integer> batch, int outer, int depth) {}

  public static MatrixLayout of(Graph graph, BatchMatMul op) {
    Shape a = graph.tensor(op.a()).shape().padToRank(BatchMatMul.MAX_RANK);
    Shape b = graph.tensor(op.b()).shape().padToRank(BatchMatMul.MAX_RANK);
    Shape output = graph.tensor(op.output()).shape().padToRank(BatchMatMul.MAX_RANK);
    return new MatrixLayout(
        output.dims().subList(0, BATCH_AXES),
        output.dim(-2),
        output.dim(-1),
        a.dim(op.adjointA() ? -2 : -1),
        steps(a, op.adjointA()),
        steps(b, !op.adjointB()));
  }

  private static Steps steps(Shape shape, boolean depthIsOuter) {
    List<Integer> batch = new ArrayList<>();
    int step = shape.dim(-1) * shape.dim(-2);
    for (int axis = BATCH_AXES - 1; axis >= 0; axis--) {
      batch.add(shape.dim(axis) == 1 ? 0 : step);
      step *= shape.dim(axis);
    }
    Collections.reverse(batch);
    int row = shape.dim(-1);
    return depthIsOuter
        ? new Steps(List.copyOf(batch), 1, row)
        : new Steps(List.copyOf(batch), row, 1);
  }

  /** Of all batch axes together. */
  public int matrices() {
    return batches.stream().reduce(1, (x, y) -> x * y);
  }

  /** Where matrix number {@code index} of the output finds its operand's. */
  public int begin(Steps operand, int index) {
    int rest = index;
    int begin = 0;
    for (int axis = BATCH_AXES - 1; axis >= 0; axis--) {
      begin += rest % batches.get(axis) * operand.batch().get(axis);
      rest /= batches.get(axis);
    }
    return begin;
  }
}
