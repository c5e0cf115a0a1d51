// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** NHWC convolution. Filter layout OHWI, bias [O]. */
public record Conv2d(
    TensorId input,
    TensorId filter,
    Optional<TensorId> bias,
    TensorId output,
    Window window,
    Activation activation)
    implements Op {
  @Override
  public List<TensorId> inputs() {
    return Op.withOptional(List.of(input, filter), bias);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Conv2d(
        rename.apply(input),
        rename.apply(filter),
        bias.map(rename),
        rename.apply(output),
        window,
        activation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitConv2d(this);
  }

  @Override
  public String kind() {
    return "CONV_2D";
  }
}
