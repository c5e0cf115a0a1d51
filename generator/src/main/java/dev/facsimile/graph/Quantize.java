// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** To an integer type, from float or from integers of another scale; the tensors say which. */
public record Quantize(TensorId input, TensorId output) implements Op {
  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Quantize(rename.apply(input), rename.apply(output));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitQuantize(this);
  }

  @Override
  public String kind() {
    return "QUANTIZE";
  }
}
