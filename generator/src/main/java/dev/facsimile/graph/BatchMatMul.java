// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Products of matrices, which are the two innermost axes of the operands; the axes before them are
 * broadcast.
 *
 * @param adjointA whether the matrices of {@code a} are transposed first
 * @param adjointB whether the matrices of {@code b} are transposed first
 */
public record BatchMatMul(
    TensorId a, TensorId b, TensorId output, boolean adjointA, boolean adjointB) implements Op {
  /** Of an operand, matrix included. */
  public static final int MAX_RANK = 5;

  @Override
  public List<TensorId> inputs() {
    return List.of(a, b);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new BatchMatMul(
        rename.apply(a), rename.apply(b), rename.apply(output), adjointA, adjointB);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBatchMatMul(this);
  }

  @Override
  public String kind() {
    return "BATCH_MATMUL";
  }
}
