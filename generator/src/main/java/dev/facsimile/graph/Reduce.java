// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** Reduction over axes, which are sorted, distinct and not negative. */
public record Reduce(
    Kind function, TensorId input, TensorId output, List<Integer> axes, boolean keepDims)
    implements Op {
  /** What is computed; the constant's name is TensorFlow Lite's. */
  public enum Kind {
    MEAN,
    SUM,
    REDUCE_MAX,
    REDUCE_MIN;

    /** Whether the result is one of the elements. */
    public boolean selects() {
      return this == REDUCE_MAX || this == REDUCE_MIN;
    }
  }

  public Reduce {
    axes = List.copyOf(axes);
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) < (i == 0 ? 0 : axes.get(i - 1) + 1)) {
        throw new IllegalArgumentException(
            "axes must be sorted, distinct and >= 0 but were " + axes);
      }
    }
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Reduce(function, rename.apply(input), rename.apply(output), axes, keepDims);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitReduce(this);
  }

  @Override
  public String kind() {
    return function.name();
  }
}
