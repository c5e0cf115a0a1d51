// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The elements at these indices of one axis, in this order; an index may come several times. GATHER
 * and MIRROR_PAD are this.
 *
 * @param axis not negative
 * @param indices at least one, each an index of the input's axis
 */
public record Gather(TensorId input, TensorId output, int axis, List<Integer> indices)
    implements Op {
  public Gather {
    indices = List.copyOf(indices);
    if (axis < 0 || indices.isEmpty() || indices.stream().anyMatch(index -> index < 0)) {
      throw new IllegalArgumentException("axis and indices must be >= 0");
    }
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Gather(rename.apply(input), rename.apply(output), axis, indices);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitGather(this);
  }

  @Override
  public String kind() {
    return "GATHER";
  }
}
