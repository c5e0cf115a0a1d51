// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** max(x, 0) + alpha * min(x, 0), alpha broadcast to x (usually one slope a channel). */
public record PRelu(TensorId input, TensorId alpha, TensorId output) implements Op {
  @Override
  public List<TensorId> inputs() {
    return List.of(input, alpha);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new PRelu(rename.apply(input), rename.apply(alpha), rename.apply(output));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitPRelu(this);
  }

  @Override
  public String kind() {
    return "PRELU";
  }
}
