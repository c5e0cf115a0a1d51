// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** Joins tensors along one axis, which is not negative. */
public record Concat(List<TensorId> inputs, TensorId output, int axis, Activation activation)
    implements Op {
  public Concat {
    inputs = List.copyOf(inputs);
    if (axis < 0) {
      throw new IllegalArgumentException("axis must be >= 0 but was " + axis);
    }
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Concat(inputs.stream().map(rename).toList(), rename.apply(output), axis, activation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitConcat(this);
  }

  @Override
  public String kind() {
    return "CONCATENATION";
  }
}
