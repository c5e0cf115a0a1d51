// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators of a {@link GraphChain} that come with weights, which are random unless given. */
abstract class ChainOfWeights extends ChainConstants {
  /** SAME padding, square kernel, random weights. */
  public GraphChain conv2d(int channels, int kernel, int stride, Activation activation) {
    return conv2d(channels, same(kernel, stride), activation);
  }

  public GraphChain conv2d(int channels, Window window, Activation activation) {
    int depth = shape().dim(3);
    TensorId filter =
        weights(
            0, Shape.of(channels, window.kernelH(), window.kernelW(), depth), fanIn(window, depth));
    TensorId bias = bias(filter, channels);
    return conv2d(filter, Optional.of(bias), window, activation);
  }

  /** Random weights and no bias. */
  public GraphChain conv2dWithoutBias(int channels, Window window, Activation activation) {
    int depth = shape().dim(3);
    Shape filter = Shape.of(channels, window.kernelH(), window.kernelW(), depth);
    return conv2d(weights(0, filter, fanIn(window, depth)), Optional.empty(), window, activation);
  }

  public GraphChain conv2d(
      TensorId filter, Optional<TensorId> bias, Window window, Activation activation) {
    TensorId input = last();
    return op(out -> new Conv2d(input, filter, bias, out, window, activation), scaled());
  }

  /** To an output of this size, from which the window yields the last shape. */
  public GraphChain transposeConv(
      int channels, Window window, int height, int width, Activation activation) {
    TensorId input = last();
    int depth = shape().dim(3);
    TensorId filter =
        weights(
            0, Shape.of(channels, window.kernelH(), window.kernelW(), depth), fanIn(window, depth));
    TensorId bias = bias(filter, channels);
    return op(
        out ->
            new TransposeConv(
                input, filter, Optional.of(bias), out, window, height, width, activation),
        scaled());
  }

  /** SAME padding, square kernel, random weights. */
  public GraphChain depthwiseConv2d(int multiplier, int kernel, int stride, Activation activation) {
    return depthwiseConv2d(multiplier, same(kernel, stride), activation);
  }

  public GraphChain depthwiseConv2d(int multiplier, Window window, Activation activation) {
    TensorId input = last();
    int channels = shape().dim(3) * multiplier;
    TensorId filter =
        weights(3, Shape.of(1, window.kernelH(), window.kernelW(), channels), fanIn(window, 1));
    TensorId bias = bias(filter, channels);
    return op(
        out ->
            new DepthwiseConv2d(
                input, filter, Optional.of(bias), out, window, multiplier, activation),
        scaled());
  }

  /** Reads the last tensor as rows as long as its innermost axis; one scale for all weights. */
  public GraphChain fullyConnected(int channels, Activation activation) {
    int width = shape().channels();
    TensorId weights = add(randomConstant("weights" + nextId().value(), Shape.of(channels, width)));
    if (isInteger()) {
      Quantization.PerTensor scale = new Quantization.PerTensor(weightScale(width), 0);
      replace(weights, tensor(weights).withType(DType.INT8, scale));
    }
    return fullyConnected(weights, Optional.of(bias(weights, channels)), activation);
  }

  /** The same with a scale for each output. */
  public GraphChain fullyConnectedPerChannel(int channels, Activation activation) {
    int width = shape().channels();
    TensorId weights = weights(0, Shape.of(channels, width), width);
    return fullyConnected(weights, Optional.of(bias(weights, channels)), activation);
  }

  public GraphChain fullyConnected(
      TensorId weights, Optional<TensorId> bias, Activation activation) {
    TensorId input = last();
    Shape matrix = tensor(weights).shape();
    return op(
        out -> new FullyConnected(input, weights, bias, out, activation),
        scaled(),
        Shape.of(shape().elements() / matrix.dim(1), matrix.dim(0)));
  }

  /**
   * Over sequences, which the last tensor holds; random weights.
   *
   * @param clip limit of the cells, or 0
   * @param bits of the cells' int16 before the point
   */
  public GraphChain lstm(int cells, float clip, int bits, boolean timeMajor) {
    TensorId input = last();
    int inputs = shape().dim(2);
    List<Lstm.Gate> gates = new ArrayList<>();
    for (int gate = 0; gate < 4; gate++) {
      TensorId weights = gateWeights(Shape.of(cells, inputs), isInteger() ? scaleOf(input) : 0);
      TensorId recurrent = gateWeights(Shape.of(cells, cells), isInteger() ? scaled().scale() : 0);
      gates.add(new Lstm.Gate(weights, recurrent, bias(weights, cells)));
    }
    return op(
        out ->
            new Lstm(
                input,
                gates.get(0),
                gates.get(1),
                gates.get(2),
                gates.get(3),
                out,
                clip,
                bits,
                timeMajor),
        scaled());
  }

  private float scaleOf(TensorId id) {
    return quantization(id).scale();
  }

  private TensorId gateWeights(Shape shape, float inputScale) {
    TensorId id = add(randomConstant("weights" + nextId().value(), shape));
    if (isInteger()) {
      float scale = gateScale(shape.dim(1), inputScale);
      replace(id, tensor(id).withType(DType.INT8, new Quantization.PerTensor(scale, 0)));
    }
    return id;
  }

  /** One random slope a channel. */
  public GraphChain prelu() {
    return prelu(shape().channels());
  }

  /** Random slopes of a shape that is repeated over the last tensor's. */
  public GraphChain prelu(int... dims) {
    TensorId input = last();
    TensorId alpha = add(randomConstant("alpha", Shape.of(dims)));
    if (isInteger()) {
      replace(alpha, tensor(alpha).withType(DType.INT8, new Quantization.PerTensor(1f / 200, 5)));
    }
    return op(out -> new PRelu(input, alpha, out), scaled());
  }

  private Window same(int kernel, int stride) {
    return Window.same(shape().dim(1), shape().dim(2), kernel, kernel, stride, stride, 1, 1);
  }

  private static int fanIn(Window window, int depth) {
    return window.kernelH() * window.kernelW() * depth;
  }
}
