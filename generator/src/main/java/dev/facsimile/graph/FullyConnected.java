// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Matrix product: the input is read as [rows, inC] whatever its shape. Weights [outC, inC], bias
 * [outC]. The weights are a constant.
 */
public record FullyConnected(
    TensorId input,
    TensorId weights,
    Optional<TensorId> bias,
    TensorId output,
    Activation activation)
    implements Op {
  @Override
  public List<TensorId> inputs() {
    return Op.withOptional(List.of(input, weights), bias);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new FullyConnected(
        rename.apply(input),
        rename.apply(weights),
        bias.map(rename),
        rename.apply(output),
        activation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFullyConnected(this);
  }

  @Override
  public String kind() {
    return "FULLY_CONNECTED";
  }
}
