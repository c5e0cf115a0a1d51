// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.facts.ConstantValues;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Quantizes one operator after the other; each visit returns the operator on integer tensors. */
final class OpQuantizer implements Op.Visitor<Op> {
  /** Where the filter of a depthwise convolution has its output channels. */
  private static final int DEPTHWISE_AXIS = 3;

  private final Graph graph;
  private final Map<TensorId, Quantization.PerTensor> activations;
  private final Map<TensorId, Double> inputShifts;
  private final DType type;
  private final Map<TensorId, Tensor> tensors = new TreeMap<>();
  private final List<Op> ops = new ArrayList<>();
  private int nextId;

  OpQuantizer(
      Graph graph,
      Map<TensorId, Quantization.PerTensor> activations,
      Map<TensorId, Double> inputShifts,
      DType type) {
    this.type = type;
    this.graph = graph;
    this.activations = activations;
    this.inputShifts = inputShifts;
    this.nextId = graph.nextTensorId().value();
    for (Port input : graph.inputs()) {
      activation(input.tensor());
    }
  }

  void add(Op op) {
    activation(op.output());
    ops.add(op.accept(this));
  }

  Graph build() {
    return new Graph(tensors.values(), ops, graph.inputs(), graph.outputs());
  }

  private void activation(TensorId id) {
    Tensor tensor = graph.tensor(id);
    tensors.put(id, tensor.isIndex() ? tensor : tensor.withType(type, quantizationOf(id)));
  }

  private Quantization.PerTensor quantizationOf(TensorId id) {
    Quantization.PerTensor quantization = activations.get(id);
    if (quantization == null) {
      throw new IllegalArgumentException("no quantization for " + id);
    }
    return quantization;
  }

  @Override
  public Op visitConv2d(Conv2d op) {
    Shape filter = graph.tensor(op.filter()).shape();
    int stride = filter.elements() / filter.dim(0);
    Matrix matrix =
        matrix(op.input(), op.filter(), op.bias(), op.output(), filter.dim(0), stride, 0);
    return new Conv2d(
        operand(op.input()),
        matrix.weights(),
        Optional.of(matrix.bias()),
        op.output(),
        op.window(),
        op.activation());
  }

  @Override
  public Op visitDepthwiseConv2d(DepthwiseConv2d op) {
    int channels = graph.tensor(op.filter()).shape().dim(3);
    Matrix matrix =
        matrix(op.input(), op.filter(), op.bias(), op.output(), channels, 1, DEPTHWISE_AXIS);
    return new DepthwiseConv2d(
        operand(op.input()),
        matrix.weights(),
        Optional.of(matrix.bias()),
        op.output(),
        op.window(),
        op.multiplier(),
        op.activation());
  }

  @Override
  public Op visitTransposeConv(TransposeConv op) {
    Shape filter = graph.tensor(op.filter()).shape();
    int stride = filter.elements() / filter.dim(0);
    Matrix matrix =
        matrix(op.input(), op.filter(), op.bias(), op.output(), filter.dim(0), stride, 0);
    return new TransposeConv(
        operand(op.input()),
        matrix.weights(),
        Optional.of(matrix.bias()),
        op.output(),
        op.window(),
        op.height(),
        op.width(),
        op.activation());
  }

  @Override
  public Op visitFullyConnected(FullyConnected op) {
    Shape weights = graph.tensor(op.weights()).shape();
    Matrix matrix =
        matrix(op.input(), op.weights(), op.bias(), op.output(), weights.dim(0), weights.dim(1), 0);
    return new FullyConnected(
        operand(op.input()),
        matrix.weights(),
        Optional.of(matrix.bias()),
        op.output(),
        op.activation());
  }

  private record Matrix(TensorId weights, TensorId bias) {}

  private Matrix matrix(
      TensorId input,
      TensorId weights,
      Optional<TensorId> bias,
      TensorId output,
      int channels,
      int channelStride,
      int axis) {
    double[] values = ConstantValues.reals(graph.tensor(weights));
    double[] biases =
        bias.map(id -> ConstantValues.reals(graph.tensor(id)))
            .orElseGet(() -> new double[channels]);
    double shift = inputShifts.getOrDefault(input, 0.0);
    for (int i = 0; i < values.length; i++) {
      biases[i / channelStride % channels] += shift * values[i];
    }
    float inputScale = quantizationOf(input).scale();
    WeightCodes codes =
        WeightCodes.of(
            values, channelStride, biases, inputScale, quantizationOf(output).scale(), type);
    Tensor source = graph.tensor(weights);
    Tensor quantized =
        source.withConstant(
            source.shape(),
            DType.INT8,
            Optional.of(new Quantization.PerChannel(codes.scales(), axis)),
            codes.weights());
    Tensor biasSource =
        bias.map(graph::tensor)
            .orElseGet(
                () ->
                    Tensor.activation(
                        fresh(), source.name() + "_bias", Shape.of(channels), DType.INT32));
    // Of depthwise convolutions TensorFlow Lite has no int16 form with 32-bit sums.
    boolean wide = type == DType.INT16 && axis == DEPTHWISE_AXIS;
    Tensor quantizedBias =
        biasSource.withConstant(
            Shape.of(channels),
            wide ? DType.INT64 : DType.INT32,
            Optional.of(codes.biasQuantization(inputScale)),
            wide ? widened(codes.biases()) : codes.biases());
    return new Matrix(constant(quantized), constant(quantizedBias));
  }

  private static ConstantBytes widened(ConstantBytes ints) {
    return ConstantBytes.ofLongs(Arrays.stream(ints.toInts()).asLongStream().toArray());
  }

  @Override
  public Op visitLstm(Lstm op) {
    return op.withGates(operand(op.input()), gate -> gate(op.input(), gate));
  }

  private Lstm.Gate gate(TensorId input, Lstm.Gate gate) {
    double[] weights = reals(gate.weights());
    double[] biases = reals(gate.bias());
    double shift = inputShifts.getOrDefault(input, 0.0);
    for (int i = 0; i < weights.length; i++) {
      biases[i / (weights.length / biases.length)] += shift * weights[i];
    }
    GateCodes codes =
        GateCodes.of(
            graph.tensor(gate.weights()),
            weights,
            graph.tensor(gate.recurrent()),
            reals(gate.recurrent()),
            graph.tensor(gate.bias()),
            biases,
            quantizationOf(input).scale());
    return new Lstm.Gate(
        constant(codes.weights()), constant(codes.recurrent()), constant(codes.bias()));
  }

  private double[] reals(TensorId constant) {
    return ConstantValues.reals(graph.tensor(constant));
  }

  @Override
  public Op visitBinary(Binary op) {
    return switch (op.function()) {
      // An operand beyond the result's range does not decide it: saturating loses nothing.
      case MAXIMUM, MINIMUM ->
          binary(op, sameScale(op.a(), op.output()), sameScale(op.b(), op.output()));
      case ADD, SUB, MUL, DIV, SQUARED_DIFFERENCE -> binary(op, operand(op.a()), operand(op.b()));
    };
  }

  private static Op binary(Binary op, TensorId a, TensorId b) {
    return new Binary(op.function(), a, b, op.output(), op.activation());
  }

  @Override
  public Op visitUnary(Unary op) {
    return new Unary(op.function(), operand(op.input()), op.output(), op.alpha());
  }

  @Override
  public Op visitLookup(Lookup op) {
    throw new IllegalStateException("LOOKUP in a float graph");
  }

  @Override
  public Op visitPRelu(PRelu op) {
    return new PRelu(operand(op.input()), operand(op.alpha()), op.output());
  }

  @Override
  public Op visitPool2d(Pool2d op) {
    return new Pool2d(
        op.function(),
        sameScale(op.input(), op.output()),
        op.output(),
        op.window(),
        op.activation());
  }

  @Override
  public Op visitResize(Resize op) {
    return new Resize(
        op.function(),
        sameScale(op.input(), op.output()),
        op.output(),
        op.height(),
        op.width(),
        op.alignCorners(),
        op.halfPixelCenters());
  }

  @Override
  public Op visitReduce(Reduce op) {
    TensorId input =
        ScaleGroups.keepsScale(op) ? sameScale(op.input(), op.output()) : operand(op.input());
    return new Reduce(op.function(), input, op.output(), op.axes(), op.keepDims());
  }

  @Override
  public Op visitArgMax(ArgMax op) {
    return new ArgMax(op.function(), operand(op.input()), op.output(), op.axis());
  }

  @Override
  public Op visitPad(Pad op) {
    return new Pad(
        sameScale(op.input(), op.output()), op.output(), op.before(), op.after(), op.value());
  }

  @Override
  public Op visitConcat(Concat op) {
    List<TensorId> inputs =
        op.inputs().stream().map(input -> sameScale(input, op.output())).toList();
    return new Concat(inputs, op.output(), op.axis(), op.activation());
  }

  @Override
  public Op visitReshape(Reshape op) {
    return new Reshape(sameScale(op.input(), op.output()), op.output());
  }

  @Override
  public Op visitTranspose(Transpose op) {
    return new Transpose(sameScale(op.input(), op.output()), op.output(), op.permutation());
  }

  @Override
  public Op visitSlice(Slice op) {
    return new Slice(sameScale(op.input(), op.output()), op.output(), op.begin(), op.stride());
  }

  @Override
  public Op visitGather(Gather op) {
    return new Gather(sameScale(op.input(), op.output()), op.output(), op.axis(), op.indices());
  }

  @Override
  public Op visitBatchMatMul(BatchMatMul op) {
    return new BatchMatMul(
        operand(op.a()), operand(op.b()), op.output(), op.adjointA(), op.adjointB());
  }

  @Override
  public Op visitL2Normalization(L2Normalization op) {
    return new L2Normalization(operand(op.input()), op.output());
  }

  @Override
  public Op visitSoftmax(Softmax op) {
    return new Softmax(operand(op.input()), op.output(), op.beta());
  }

  @Override
  public Op visitQuantize(Quantize op) {
    throw new IllegalStateException("QUANTIZE in a float graph was not refused");
  }

  @Override
  public Op visitDequantize(Dequantize op) {
    throw new IllegalStateException("DEQUANTIZE in a float graph was not refused");
  }

  /** The operand as it is; a constant gets a scale of its own, over its own values. */
  private TensorId operand(TensorId id) {
    Tensor tensor = graph.tensor(id);
    return tensor.isConstant()
        ? constant(coded(tensor, ownRange(tensor).toQuantization(type)))
        : id;
  }

  /** The operand under the output's scale: as it is, or through a QUANTIZE. */
  private TensorId sameScale(TensorId id, TensorId output) {
    Quantization.PerTensor wanted = quantizationOf(output);
    Tensor tensor = graph.tensor(id);
    if (tensor.isConstant()) {
      return constant(coded(tensor, wanted));
    }
    if (quantizationOf(id).equals(wanted)) {
      return id;
    }
    Tensor requantized =
        tensor
            .withId(fresh())
            .withName(tensor.name() + "_requantized")
            .withType(type, wanted)
            .withSourceOperator(graph.tensor(output).sourceOperator());
    tensors.put(requantized.id(), requantized);
    ops.add(new Quantize(id, requantized.id()));
    return requantized.id();
  }

  private static ValueRange ownRange(Tensor tensor) {
    ValueRange range = new ValueRange(0, 0);
    for (double value : ConstantValues.reals(tensor)) {
      range = range.union(ValueRange.of(value, value));
    }
    return range;
  }

  private Tensor coded(Tensor tensor, Quantization.PerTensor quantization) {
    double[] reals = ConstantValues.reals(tensor);
    float[] floats = new float[reals.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) reals[i];
    }
    Tensor integer =
        Tensor.activation(tensor.id(), tensor.name(), tensor.shape(), type)
            .withType(type, quantization);
    return tensor.withConstant(
        tensor.shape(),
        type,
        Optional.of(quantization),
        ConstantBytes.of(AffineMapping.quantize(floats, integer)));
  }

  /** Adds a constant; one that two operators read differently becomes two. */
  private TensorId constant(Tensor tensor) {
    Tensor known = tensors.putIfAbsent(tensor.id(), tensor);
    if (known == null || known.equals(tensor)) {
      return tensor.id();
    }
    Tensor copy = tensor.withId(fresh());
    tensors.put(copy.id(), copy);
    return copy.id();
  }

  private TensorId fresh() {
    return new TensorId(nextId++);
  }
}
