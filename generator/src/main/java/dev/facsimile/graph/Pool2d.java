// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * NHWC pooling. The average divides by the pixels inside the image; the maximum ignores padding.
 */
public record Pool2d(
    Kind function, TensorId input, TensorId output, Window window, Activation activation)
    implements Op {
  /** What is computed; the constant's name is TensorFlow Lite's. */
  public enum Kind {
    MAX_POOL_2D,
    AVERAGE_POOL_2D
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Pool2d(function, rename.apply(input), rename.apply(output), window, activation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitPool2d(this);
  }

  @Override
  public String kind() {
    return function.name();
  }
}
