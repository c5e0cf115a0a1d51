// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/** Every row along the innermost axis divided by the square root of the sum of its squares. */
public record L2Normalization(TensorId input, TensorId output) implements Op {
  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new L2Normalization(rename.apply(input), rename.apply(output));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitL2Normalization(this);
  }

  @Override
  public String kind() {
    return "L2_NORMALIZATION";
  }
}
