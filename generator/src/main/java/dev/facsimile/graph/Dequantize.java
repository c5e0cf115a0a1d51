// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** From integers or float16 to float. */
public record Dequantize(TensorId input, TensorId output) implements Op {
  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Dequantize(rename.apply(input), rename.apply(output));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitDequantize(this);
  }

  @Override
  public String kind() {
    return "DEQUANTIZE";
  }
}
