// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** Softmax over the innermost axis of beta * x. */
public record Softmax(TensorId input, TensorId output, float beta) implements Op {
  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Softmax(rename.apply(input), rename.apply(output), beta);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSoftmax(this);
  }

  @Override
  public String kind() {
    return "SOFTMAX";
  }
}
