// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * NHWC depthwise convolution. Filter layout [1, H, W, inC * multiplier], bias [inC * multiplier].
 */
public record DepthwiseConv2d(
    TensorId input,
    TensorId filter,
    Optional<TensorId> bias,
    TensorId output,
    Window window,
    int multiplier,
    Activation activation)
    implements Op {
  public DepthwiseConv2d {
    if (multiplier < 1) {
      throw new IllegalArgumentException("depth multiplier must be >= 1 but was " + multiplier);
    }
  }

  @Override
  public List<TensorId> inputs() {
    return Op.withOptional(List.of(input, filter), bias);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new DepthwiseConv2d(
        rename.apply(input),
        rename.apply(filter),
        bias.map(rename),
        rename.apply(output),
        window,
        multiplier,
        activation);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitDepthwiseConv2d(this);
  }

  @Override
  public String kind() {
    return "DEPTHWISE_CONV_2D";
  }
}
