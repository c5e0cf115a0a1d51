// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The same elements with the axes in another order: axis i of the output is axis {@code
 * permutation.get(i)} of the input.
 */
public record Transpose(TensorId input, TensorId output, List<Integer> permutation) implements Op {
  public Transpose {
    permutation = List.copyOf(permutation);
    if (!permutation.stream()
        .sorted()
        .toList()
        .equals(IntStream.range(0, permutation.size()).boxed().toList())) {
      throw new IllegalArgumentException("not an order of axes: " + permutation);
    }
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Transpose(rename.apply(input), rename.apply(output), permutation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitTranspose(this);
  }

  @Override
  public String kind() {
    return "TRANSPOSE";
  }
}
