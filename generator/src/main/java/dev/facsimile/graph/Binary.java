// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** Elementwise operator of two tensors, broadcast as in NumPy. Either operand may be a constant. */
public record Binary(Kind function, TensorId a, TensorId b, TensorId output, Activation activation)
    implements Op {
  /** What is computed; the constant's name is TensorFlow Lite's. */
  public enum Kind {
    ADD,
    SUB,
    MUL,
    DIV,
    MAXIMUM,
    MINIMUM,
    /** (a - b)^2. */
    SQUARED_DIFFERENCE;

    /** Whether the operator can clamp its output. */
    public boolean carriesActivation() {
      return switch (this) {
        case ADD, SUB, MUL, DIV -> true;
        case MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -> false;
      };
    }
  }

  public Binary {
    if (activation != Activation.NONE && !function.carriesActivation()) {
      throw new IllegalArgumentException(function + " carries no activation");
    }
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(a, b);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Binary(function, rename.apply(a), rename.apply(b), rename.apply(output), activation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBinary(this);
  }

  @Override
  public String kind() {
    return function.name();
  }
}
