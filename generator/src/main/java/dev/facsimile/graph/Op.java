// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An operator. Operands are tensors by id; {@link #inputs()} lists them in the order of the
 * record's components, absent optional ones left out. Semantics are those of the TensorFlow Lite
 * operator of the same name unless said otherwise.
 */
public sealed interface Op {

  List<TensorId> inputs();

  TensorId output();

  /**
   * The same operator on other tensors: {@code rename} is applied to every operand and to the
   * output.
   */
  Op withTensors(UnaryOperator<TensorId> rename);

  <R> R accept(Visitor<R> visitor);

  /**
   * The operator's name in TensorFlow Lite's spelling, as users read it in diagnostics: CONV_2D.
   */
  String kind();

  /** NHWC convolution. Filter layout OHWI, bias [O]. */
  record Conv2d(
      TensorId input,
      TensorId filter,
      Optional<TensorId> bias,
      TensorId output,
      Window window,
      Activation activation)
      implements Op {
    @Override
    public List<TensorId> inputs() {
      return withOptional(List.of(input, filter), bias);
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

  /**
   * NHWC depthwise convolution. Filter layout [1, H, W, inC * multiplier], bias [inC * multiplier].
   */
  record DepthwiseConv2d(
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
      return withOptional(List.of(input, filter), bias);
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

  /**
   * Matrix product: the input is read as [rows, inC] whatever its shape. Weights [outC, inC], bias
   * [outC]. The weights are a constant.
   */
  record FullyConnected(
      TensorId input,
      TensorId weights,
      Optional<TensorId> bias,
      TensorId output,
      Activation activation)
      implements Op {
    @Override
    public List<TensorId> inputs() {
      return withOptional(List.of(input, weights), bias);
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

  /**
   * Elementwise operator of two tensors, broadcast as in NumPy. Either operand may be a constant.
   */
  record Binary(Kind function, TensorId a, TensorId b, TensorId output, Activation activation)
      implements Op {
    /** What is computed; the constant's name is TensorFlow Lite's. */
    public enum Kind {
      ADD,
      SUB,
      MUL,
      DIV
    }

    @Override
    public List<TensorId> inputs() {
      return List.of(a, b);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Binary(
          function, rename.apply(a), rename.apply(b), rename.apply(output), activation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitBinary(this);
    }

    @Override
    public String kind() {
      return function.name();
    }
  }

  /**
   * Elementwise function of one tensor.
   *
   * @param alpha slope below zero of LEAKY_RELU, 0 for the others
   */
  record Unary(Kind function, TensorId input, TensorId output, float alpha) implements Op {
    /** What is computed; the constant's name is TensorFlow Lite's. */
    public enum Kind {
      RELU,
      RELU6,
      RELU_N1_TO_1,
      LEAKY_RELU,
      LOGISTIC,
      TANH,
      NEG,
      EXP
    }

    @Override
    public List<TensorId> inputs() {
      return List.of(input);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Unary(function, rename.apply(input), rename.apply(output), alpha);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitUnary(this);
    }

    @Override
    public String kind() {
      return function.name();
    }
  }

  /** max(x, 0) + alpha * min(x, 0), alpha broadcast to x (usually one slope a channel). */
  record PRelu(TensorId input, TensorId alpha, TensorId output) implements Op {
    @Override
    public List<TensorId> inputs() {
      return List.of(input, alpha);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new PRelu(rename.apply(input), rename.apply(alpha), rename.apply(output));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitPRelu(this);
    }

    @Override
    public String kind() {
      return "PRELU";
    }
  }

  /**
   * NHWC pooling. The average divides by the pixels inside the image; the maximum ignores padding.
   */
  record Pool2d(
      Kind function, TensorId input, TensorId output, Window window, Activation activation)
      implements Op {
    /** What is computed; the constant's name is TensorFlow Lite's. */
    public enum Kind {
      MAX_POOL_2D,
      AVERAGE_POOL_2D
    }

    @Override
    public List<TensorId> inputs() {
      return List.of(input);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Pool2d(function, rename.apply(input), rename.apply(output), window, activation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitPool2d(this);
    }

    @Override
    public String kind() {
      return function.name();
    }
  }

  /** Reduction over axes, which are sorted, distinct and not negative. */
  record Reduce(
      Kind function, TensorId input, TensorId output, List<Integer> axes, boolean keepDims)
      implements Op {
    /** What is computed; the constant's name is TensorFlow Lite's. */
    public enum Kind {
      MEAN,
      SUM,
      REDUCE_MAX
    }

    public Reduce {
      axes = List.copyOf(axes);
      for (int i = 0; i < axes.size(); i++) {
        if (axes.get(i) < (i == 0 ? 0 : axes.get(i - 1) + 1)) {
          throw new IllegalArgumentException(
              "axes must be sorted, distinct and >= 0 but were " + axes);
        }
      }
    }

    @Override
    public List<TensorId> inputs() {
      return List.of(input);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Reduce(function, rename.apply(input), rename.apply(output), axes, keepDims);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitReduce(this);
    }

    @Override
    public String kind() {
      return function.name();
    }
  }

  /**
   * Zeros (real value 0) around a tensor: {@code before} and {@code after} have an entry for each
   * axis.
   */
  record Pad(TensorId input, TensorId output, List<Integer> before, List<Integer> after)
      implements Op {
    public Pad {
      before = List.copyOf(before);
      after = List.copyOf(after);
      if (before.size() != after.size()
          || before.stream().anyMatch(pad -> pad < 0)
          || after.stream().anyMatch(pad -> pad < 0)) {
        throw new IllegalArgumentException("padding must be >= 0 but was " + before + " " + after);
      }
    }

    @Override
    public List<TensorId> inputs() {
      return List.of(input);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Pad(rename.apply(input), rename.apply(output), before, after);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitPad(this);
    }

    @Override
    public String kind() {
      return "PAD";
    }
  }

  /** Joins tensors along one axis, which is not negative. */
  record Concat(List<TensorId> inputs, TensorId output, int axis, Activation activation)
      implements Op {
    public Concat {
      inputs = List.copyOf(inputs);
      if (axis < 0) {
        throw new IllegalArgumentException("axis must be >= 0 but was " + axis);
      }
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Concat(
          inputs.stream().map(rename).toList(), rename.apply(output), axis, activation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitConcat(this);
    }

    @Override
    public String kind() {
      return "CONCATENATION";
    }
  }

  /** The same elements under another shape, that of the output tensor. */
  record Reshape(TensorId input, TensorId output) implements Op {
    @Override
    public List<TensorId> inputs() {
      return List.of(input);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Reshape(rename.apply(input), rename.apply(output));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitReshape(this);
    }

    @Override
    public String kind() {
      return "RESHAPE";
    }
  }

  /** Softmax over the innermost axis of beta * x. */
  record Softmax(TensorId input, TensorId output, float beta) implements Op {
    @Override
    public List<TensorId> inputs() {
      return List.of(input);
    }

    @Override
    public Op withTensors(UnaryOperator<TensorId> rename) {
      return new Softmax(rename.apply(input), rename.apply(output), beta);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visitSoftmax(this);
    }

    @Override
    public String kind() {
      return "SOFTMAX";
    }
  }

  /** To an integer type, from float or from integers of another scale; the tensors say which. */
  record Quantize(TensorId input, TensorId output) implements Op {
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

  /** From integers or float16 to float. */
  record Dequantize(TensorId input, TensorId output) implements Op {
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

  /**
   * One method an operator and no defaults: a new operator breaks every visitor at compile time, on
   * purpose.
   */
  interface Visitor<R> {
    R visitConv2d(Conv2d op);

    R visitDepthwiseConv2d(DepthwiseConv2d op);

    R visitFullyConnected(FullyConnected op);

    R visitBinary(Binary op);

    R visitUnary(Unary op);

    R visitPRelu(PRelu op);

    R visitPool2d(Pool2d op);

    R visitReduce(Reduce op);

    R visitPad(Pad op);

    R visitConcat(Concat op);

    R visitReshape(Reshape op);

    R visitSoftmax(Softmax op);

    R visitQuantize(Quantize op);

    R visitDequantize(Dequantize op);
  }

  private static List<TensorId> withOptional(List<TensorId> operands, Optional<TensorId> last) {
    List<TensorId> all = new ArrayList<>(operands);
    last.ifPresent(all::add);
    return List.copyOf(all);
  }
}
