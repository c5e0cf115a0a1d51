// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Builds small float graphs that branch, one call an operator; for chains and integer graphs there
 * is {@link GraphChain}. A method that adds an operator returns the id of its output, whose shape
 * it works out.
 */
public final class GraphBuilder {
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final Random random;

  public GraphBuilder(long seed) {
    this.random = new Random(seed);
  }

  public TensorId input(String name, int... dims) {
    TensorId id = activation(name, Shape.of(dims));
    inputs.add(new Port(name, id));
    return id;
  }

  public GraphBuilder output(String name, TensorId tensor) {
    outputs.add(new Port(name, tensor));
    return this;
  }

  public Graph build() {
    return new Graph(tensors, ops, inputs, outputs);
  }

  /** A float activation without producer: the caller adds the operator. */
  public TensorId activation(String name, Shape shape) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(Tensor.activation(id, name, shape, DType.FLOAT32));
    return id;
  }

  public TensorId add(Op op) {
    ops.add(op);
    return op.output();
  }

  public Shape shape(TensorId id) {
    return tensors.get(id.value()).shape();
  }

  public TensorId constant(Shape shape, float... values) {
    TensorId id = new TensorId(tensors.size());
    tensors.add(
        Tensor.constant(
            id, "const" + id.value(), shape, DType.FLOAT32, ConstantBytes.ofFloats(values)));
    return id;
  }

  /** A constant with seeded Gaussian contents. */
  public TensorId random(Shape shape) {
    return constant(shape, gaussian(shape.elements()));
  }

  public float[] gaussian(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  public TensorId conv(TensorId input, int filters, Window window, Activation activation) {
    int channels = shape(input).channels();
    TensorId filter = random(Shape.of(filters, window.kernelH(), window.kernelW(), channels));
    return conv(input, filter, random(Shape.of(filters)), window, activation);
  }

  public TensorId conv(
      TensorId input, TensorId filter, TensorId bias, Window window, Activation activation) {
    TensorId output = activation("conv" + ops.size(), swept(input, window, shape(filter).dim(0)));
    return add(new Conv2d(input, filter, Optional.of(bias), output, window, activation));
  }

  public TensorId depthwise(TensorId input, int multiplier, Window window, Activation activation) {
    int channels = shape(input).channels() * multiplier;
    TensorId filter = random(Shape.of(1, window.kernelH(), window.kernelW(), channels));
    TensorId bias = random(Shape.of(channels));
    TensorId output = activation("depthwise" + ops.size(), swept(input, window, channels));
    return add(
        new DepthwiseConv2d(
            input, filter, Optional.of(bias), output, window, multiplier, activation));
  }

  public TensorId connected(TensorId input, int units, Activation activation) {
    int width = shape(input).channels();
    return connected(input, random(Shape.of(units, width)), random(Shape.of(units)), activation);
  }

  public TensorId connected(
      TensorId input, TensorId weights, TensorId bias, Activation activation) {
    int units = shape(weights).dim(0);
    int rows = shape(input).elements() / shape(weights).dim(1);
    TensorId output = activation("connected" + ops.size(), Shape.of(rows, units));
    return add(new FullyConnected(input, weights, Optional.of(bias), output, activation));
  }

  public TensorId binary(Binary.Kind kind, TensorId a, TensorId b, Activation activation) {
    Shape larger = shape(a).elements() >= shape(b).elements() ? shape(a) : shape(b);
    return add(new Binary(kind, a, b, activation("binary" + ops.size(), larger), activation));
  }

  public TensorId unary(Unary.Kind kind, TensorId input) {
    return add(new Unary(kind, input, activation("unary" + ops.size(), shape(input)), 0f));
  }

  public TensorId pool(Pool2d.Kind kind, TensorId input, Window window) {
    TensorId output =
        activation("pool" + ops.size(), swept(input, window, shape(input).channels()));
    return add(new Pool2d(kind, input, output, window, Activation.NONE));
  }

  public TensorId pad(TensorId input, List<Integer> before, List<Integer> after) {
    int[] dims = shape(input).toArray();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] += before.get(axis) + after.get(axis);
    }
    return add(new Pad(input, activation("pad" + ops.size(), Shape.of(dims)), before, after));
  }

  public TensorId concat(int axis, TensorId... operands) {
    int[] dims = shape(operands[0]).toArray();
    for (int i = 1; i < operands.length; i++) {
      dims[axis] += shape(operands[i]).dim(axis);
    }
    TensorId output = activation("concat" + ops.size(), Shape.of(dims));
    return add(new Concat(List.of(operands), output, axis, Activation.NONE));
  }

  public TensorId reshape(TensorId input, int... dims) {
    return add(new Reshape(input, activation("reshape" + ops.size(), Shape.of(dims))));
  }

  public TensorId reduce(Reduce.Kind kind, TensorId input, List<Integer> axes, boolean keepDims) {
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape(input).rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(shape(input).dim(axis));
      } else if (keepDims) {
        dims.add(1);
      }
    }
    TensorId output = activation("reduce" + ops.size(), new Shape(dims));
    return add(new Reduce(kind, input, output, axes, keepDims));
  }

  public TensorId softmax(TensorId input) {
    return add(new Softmax(input, activation("softmax" + ops.size(), shape(input)), 1f));
  }

  private Shape swept(TensorId input, Window window, int channels) {
    Shape in = shape(input);
    return Shape.of(in.dim(0), window.outputH(in.dim(1)), window.outputW(in.dim(2)), channels);
  }
}
