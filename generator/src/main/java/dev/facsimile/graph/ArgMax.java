// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Where along {@code axis} the extremum is, the first one of equals. The output lacks the axis and
 * is {@linkplain Tensor#isIndex() an index}.
 */
public record ArgMax(Kind function, TensorId input, TensorId output, int axis) implements Op {
  /** What is looked for; the constant's name is TensorFlow Lite's. */
  public enum Kind {
    ARG_MAX,
    ARG_MIN
  }

  public ArgMax {
    Objects.requireNonNull(function);
    if (axis < 0) {
      throw new IllegalArgumentException("axis must be >= 0 but was " + axis);
    }
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new ArgMax(function, rename.apply(input), rename.apply(output), axis);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitArgMax(this);
  }

  @Override
  public String kind() {
    return function.name();
  }
}
