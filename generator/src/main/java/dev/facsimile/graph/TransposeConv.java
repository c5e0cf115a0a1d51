// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * NHWC transposed convolution: every input pixel adds its products with the filter to the output
 * pixels under the window. Filter layout OHWI, bias [O].
 *
 * @param window how the convolution that is transposed moves over the output; without dilation
 * @param height of the output: the window yields the input's height from it
 * @param width of the output: the window yields the input's width from it
 */
public record TransposeConv(
    TensorId input,
    TensorId filter,
    Optional<TensorId> bias,
    TensorId output,
    Window window,
    int height,
    int width,
    Activation activation)
    implements Op {

  public TransposeConv {
    if (window.dilationH() != 1 || window.dilationW() != 1) {
      throw new IllegalArgumentException("a transposed convolution has no dilation");
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "height and width must be >= 1 but were %dx%d".formatted(height, width));
    }
  }

  @Override
  public List<TensorId> inputs() {
    return Op.withOptional(List.of(input, filter), bias);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new TransposeConv(
        rename.apply(input),
        rename.apply(filter),
        bias.map(rename),
        rename.apply(output),
        window,
        height,
        width,
        activation);
  }

  /** The same operator with other weights and another end. */
  public TransposeConv with(
      TensorId newFilter, Optional<TensorId> newBias, TensorId newOutput, Activation newEnd) {
    return new TransposeConv(input, newFilter, newBias, newOutput, window, height, width, newEnd);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitTransposeConv(this);
  }

  @Override
  public String kind() {
    return "TRANSPOSE_CONV";
  }
}
