// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Writes test graphs as chains: every operator reads the {@linkplain #last() last} tensor and its
 * output becomes the last one. Branches start with {@link #from}.
 *
 * <pre>{@code
 * Graph graph = graph().input("x", 0.05f, 3, 1, 8, 8, 2).conv2d(4, 3, 1, RELU).softmax(1f)
 *     .output("y").build();
 * }</pre>
 *
 * <p>The graph is a float one or an integer one, as its inputs are. Weights and biases are random,
 * the same for the same calls and seed. In integer graphs operators that have a choice write with
 * the quantization last {@linkplain #scaled named}, the others with the one the operator prescribes
 * (softmax: 1/256, -128); scales of weights are such that outputs fill their range.
 */
public final class GraphChain {
  private static final Quantization.PerTensor PROBABILITY =
      new Quantization.PerTensor(1f / 256, -128);
  private static final Quantization.PerTensor UNIT = new Quantization.PerTensor(1f / 128, 0);

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private Random random = new Random(1);
  private float weightSpread = 1;
  private TensorId last;
  private Quantization.PerTensor scaled;

  private GraphChain() {}

  public static GraphChain graph() {
    return new GraphChain();
  }

  /** Weights that follow are drawn from this seed. */
  public GraphChain seed(long seed) {
    random = new Random(seed);
    return this;
  }

  /** Multiplies the scales of integer weights that follow: above 1 outputs saturate more often. */
  public GraphChain weightSpread(float factor) {
    weightSpread = factor;
    return this;
  }

  /** A float input. */
  public GraphChain input(String name, int... dims) {
    last = add(Tensor.activation(nextId(), name, Shape.of(dims), DType.FLOAT32));
    inputs.add(new Port(name, last));
    return this;
  }

  /** An int8 input, whose quantization operators that follow write with too. */
  public GraphChain input(String name, float scale, int zeroPoint, int... dims) {
    scaled(scale, zeroPoint);
    last =
        add(
            Tensor.activation(nextId(), name, Shape.of(dims), DType.INT8)
                .withType(DType.INT8, scaled));
    inputs.add(new Port(name, last));
    return this;
  }

  /** An int16 input, whose scale operators that follow write with too. */
  public GraphChain input16(String name, float scale, int... dims) {
    scaled(scale, 0);
    last =
        add(
            Tensor.activation(nextId(), name, Shape.of(dims), DType.INT16)
                .withType(DType.INT16, scaled));
    inputs.add(new Port(name, last));
    return this;
  }

  /** Integer operators that follow write with this quantization, if they have a choice. */
  public GraphChain scaled(float scale, int zeroPoint) {
    scaled = new Quantization.PerTensor(scale, zeroPoint);
    return this;
  }

  /** Quantization of operators that follow, if they have a choice. */
  public Quantization.PerTensor scaled() {
    return scaled;
  }

  /** Quantization of an integer tensor. */
  public Quantization.PerTensor quantization(TensorId id) {
    return tensor(id).perTensor();
  }

  /** Quantization of the last tensor. */
  public Quantization.PerTensor lastQuantization() {
    return quantization(last);
  }

  /** The tensor the next operator reads. */
  public TensorId last() {
    return last;
  }

  /** Makes the next operator read {@code tensor}. */
  public GraphChain from(TensorId tensor) {
    last = tensor;
    return this;
  }

  /** Makes the last tensor an output. */
  public GraphChain output(String name) {
    outputs.add(new Port(name, last));
    return this;
  }

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
    TensorId input = last;
    return op(out -> new Conv2d(input, filter, bias, out, window, activation), scaled);
  }

  /** To an output of this size, from which the window yields the last shape. */
  public GraphChain transposeConv(
      int channels, Window window, int height, int width, Activation activation) {
    TensorId input = last;
    int depth = shape().dim(3);
    TensorId filter =
        weights(
            0, Shape.of(channels, window.kernelH(), window.kernelW(), depth), fanIn(window, depth));
    TensorId bias = bias(filter, channels);
    return op(
        out ->
            new TransposeConv(
                input, filter, Optional.of(bias), out, window, height, width, activation),
        scaled);
  }

  /** The last tensor times {@code other}. */
  public GraphChain batchMatMul(TensorId other, boolean adjointA, boolean adjointB) {
    TensorId input = last;
    return op(out -> new BatchMatMul(input, other, out, adjointA, adjointB), scaled);
  }

  public GraphChain l2Normalization() {
    TensorId input = last;
    return op(out -> new L2Normalization(input, out), UNIT);
  }

  /** SAME padding, square kernel, random weights. */
  public GraphChain depthwiseConv2d(int multiplier, int kernel, int stride, Activation activation) {
    return depthwiseConv2d(multiplier, same(kernel, stride), activation);
  }

  public GraphChain depthwiseConv2d(int multiplier, Window window, Activation activation) {
    TensorId input = last;
    int channels = shape().dim(3) * multiplier;
    TensorId filter =
        weights(3, Shape.of(1, window.kernelH(), window.kernelW(), channels), fanIn(window, 1));
    TensorId bias = bias(filter, channels);
    return op(
        out ->
            new DepthwiseConv2d(
                input, filter, Optional.of(bias), out, window, multiplier, activation),
        scaled);
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
    TensorId input = last;
    Shape matrix = tensor(weights).shape();
    return op(
        out -> new FullyConnected(input, weights, bias, out, activation),
        scaled,
        Shape.of(shape().elements() / matrix.dim(1), matrix.dim(0)));
  }

  /** {@code last function other}. */
  public GraphChain binary(Binary.Kind function, TensorId other, Activation activation) {
    TensorId input = last;
    boolean selects = function == Binary.Kind.MAXIMUM || function == Binary.Kind.MINIMUM;
    return op(
        out -> new Binary(function, input, other, out, activation), selects ? sameScale() : scaled);
  }

  public GraphChain add(TensorId other) {
    return binary(Binary.Kind.ADD, other, Activation.NONE);
  }

  public GraphChain unary(Unary.Kind function) {
    return unary(function, function == Unary.Kind.LEAKY_RELU ? 0.1f : 0f);
  }

  public GraphChain unary(Unary.Kind function, float alpha) {
    TensorId input = last;
    if (function == Unary.Kind.LOGISTIC && tensor(last).type() == DType.INT16) {
      return op(
          out -> new Unary(function, input, out, alpha), new Quantization.PerTensor(0x1p-15f, 0));
    }
    Quantization.PerTensor prescribed =
        function == Unary.Kind.LOGISTIC ? PROBABILITY : function == Unary.Kind.TANH ? UNIT : scaled;
    return op(out -> new Unary(function, input, out, alpha), prescribed);
  }

  /** One random slope a channel. */
  public GraphChain prelu() {
    return prelu(shape().channels());
  }

  /** Random slopes of a shape that is repeated over the last tensor's. */
  public GraphChain prelu(int... dims) {
    TensorId input = last;
    TensorId alpha = add(randomConstant("alpha", Shape.of(dims)));
    if (isInteger()) {
      replace(alpha, tensor(alpha).withType(DType.INT8, new Quantization.PerTensor(1f / 200, 5)));
    }
    return op(out -> new PRelu(input, alpha, out), scaled);
  }

  /** VALID padding, square window. */
  public GraphChain maxPool(int kernel, int stride) {
    return pool(
        Pool2d.Kind.MAX_POOL_2D,
        Window.valid(kernel, kernel, stride, stride, 1, 1),
        Activation.NONE);
  }

  /** VALID padding, square window. */
  public GraphChain averagePool(int kernel, int stride) {
    return pool(
        Pool2d.Kind.AVERAGE_POOL_2D,
        Window.valid(kernel, kernel, stride, stride, 1, 1),
        Activation.NONE);
  }

  public GraphChain pool(Pool2d.Kind function, Window window, Activation activation) {
    TensorId input = last;
    return op(out -> new Pool2d(function, input, out, window, activation), sameScale());
  }

  public GraphChain reduce(Reduce.Kind function, boolean keepDims, Integer... axes) {
    TensorId input = last;
    return op(
        out -> new Reduce(function, input, out, Arrays.asList(axes), keepDims),
        function.selects() ? sameScale() : scaled);
  }

  public GraphChain pad(List<Integer> before, List<Integer> after) {
    return pad(before, after, 0f);
  }

  public GraphChain pad(List<Integer> before, List<Integer> after, float value) {
    TensorId input = last;
    return op(out -> new Pad(input, out, before, after, value), sameScale());
  }

  /** Joins the last tensor and these. */
  public GraphChain concat(int axis, TensorId... others) {
    List<TensorId> all = new ArrayList<>(List.of(last));
    all.addAll(List.of(others));
    return op(out -> new Concat(all, out, axis, Activation.NONE), sameScale());
  }

  public GraphChain resize(
      Resize.Kind function, int height, int width, boolean alignCorners, boolean halfPixelCenters) {
    TensorId input = last;
    return op(
        out -> new Resize(function, input, out, height, width, alignCorners, halfPixelCenters),
        sameScale());
  }

  public GraphChain reshape(int... dims) {
    TensorId input = last;
    return op(out -> new Reshape(input, out), sameScale(), Shape.of(dims));
  }

  public GraphChain transpose(Integer... permutation) {
    TensorId input = last;
    return op(out -> new Transpose(input, out, List.of(permutation)), sameScale());
  }

  public GraphChain slice(List<Integer> begin, List<Integer> stride, int... size) {
    TensorId input = last;
    return op(out -> new Slice(input, out, begin, stride), sameScale(), Shape.of(size));
  }

  /** Indices {@code from} .. {@code to - 1} of one axis. */
  public GraphChain slice(int axis, int from, int to) {
    int[] size = shape().toArray();
    size[axis] = to - from;
    Integer[] begin = Collections.nCopies(size.length, 0).toArray(Integer[]::new);
    begin[axis] = from;
    return slice(List.of(begin), Collections.nCopies(size.length, 1), size);
  }

  public GraphChain gather(int axis, Integer... indices) {
    TensorId input = last;
    return op(out -> new Gather(input, out, axis, List.of(indices)), sameScale());
  }

  public GraphChain softmax(float beta) {
    TensorId input = last;
    return op(out -> new Softmax(input, out, beta), PROBABILITY);
  }

  /** From float, or from other int8, to this int8. */
  public GraphChain quantize(float scale, int zeroPoint) {
    return quantize(DType.INT8, scale, zeroPoint);
  }

  /** From float, or from other integers, to this int16. */
  public GraphChain quantize16(float scale) {
    return quantize(DType.INT16, scale, 0);
  }

  private GraphChain quantize(DType type, float scale, int zeroPoint) {
    scaled(scale, zeroPoint);
    TensorId input = last;
    TensorId output = nextId();
    add(
        Tensor.activation(output, "quantize" + output.value(), shape(), type)
            .withType(type, scaled));
    return append(new Quantize(input, output));
  }

  public GraphChain dequantize() {
    TensorId input = last;
    TensorId output = nextId();
    add(Tensor.activation(output, "dequantize" + output.value(), shape(), DType.FLOAT32));
    return append(new Dequantize(input, output));
  }

  /** A float constant. */
  public TensorId constant(Shape shape, float... values) {
    TensorId id = nextId();
    return add(
        Tensor.constant(
            id, "const" + id.value(), shape, DType.FLOAT32, ConstantBytes.ofFloats(values)));
  }

  /** An int8 constant. */
  public TensorId constant(Shape shape, Quantization quantization, byte... values) {
    TensorId id = nextId();
    return add(
        Tensor.constant(id, "const" + id.value(), shape, DType.INT8, ConstantBytes.of(values))
            .withType(DType.INT8, quantization));
  }

  /** An int32 constant, a bias. */
  public TensorId constant(Shape shape, Optional<Quantization> quantization, int... values) {
    TensorId id = nextId();
    return add(
        new Tensor(
            id,
            "const" + id.value(),
            shape,
            DType.INT32,
            quantization,
            Optional.of(ConstantBytes.ofInts(values)),
            -1));
  }

  /** Random constant of the graph's type; in integer graphs with the quantization last named. */
  public TensorId randomConstant(int... dims) {
    if (tensor(last).type() == DType.INT16) {
      return randomConstant16(Shape.of(dims));
    }
    TensorId id = add(randomConstant("const" + nextId().value(), Shape.of(dims)));
    if (isInteger()) {
      replace(id, tensor(id).withType(DType.INT8, scaled));
    }
    return id;
  }

  /** The graph; the last tensor is the output where none was named. */
  public Graph build() {
    List<Port> named = outputs.isEmpty() ? List.of(new Port("output", last)) : outputs;
    return new Graph(tensors, ops, inputs, named);
  }

  private GraphChain op(Function<TensorId, Op> make, Quantization.PerTensor quantization) {
    TensorId output = nextId();
    Op op = make.apply(output);
    return append(op, quantization, op.accept(new OutputShape(id -> tensor(id).shape())));
  }

  private GraphChain op(
      Function<TensorId, Op> make, Quantization.PerTensor quantization, Shape shape) {
    return append(make.apply(nextId()), quantization, shape);
  }

  private GraphChain append(Op op, Quantization.PerTensor quantization, Shape shape) {
    String name = op.kind().toLowerCase(Locale.ROOT) + op.output().value();
    Tensor output = Tensor.activation(op.output(), name, shape, tensor(last).type());
    add(isInteger() ? output.withType(output.type(), quantization) : output);
    return append(op);
  }

  private GraphChain append(Op op) {
    Shape yielded = op.accept(new OutputShape(id -> tensor(id).shape()));
    if (!yielded.equals(tensor(op.output()).shape())) {
      throw new IllegalArgumentException(op + " yields " + yielded);
    }
    replace(op.output(), tensor(op.output()).withSourceOperator(ops.size()));
    ops.add(op);
    last = op.output();
    return this;
  }

  private TensorId weights(int axis, Shape shape, int fanIn) {
    TensorId id = add(randomConstant("weights" + nextId().value(), shape));
    if (isInteger()) {
      List<Float> scales = new ArrayList<>();
      for (int channel = 0; channel < shape.dim(axis); channel++) {
        scales.add(weightScale(fanIn) * (0.5f + random.nextFloat()));
      }
      replace(id, tensor(id).withType(DType.INT8, new Quantization.PerChannel(scales, axis)));
    }
    return id;
  }

  /** With this scale the sum of fanIn random products spreads over the output's range. */
  private float weightScale(int fanIn) {
    float input = tensor(last).perTensor().scale();
    return weightSpread * scaled.scale() / input / (100 * (float) Math.sqrt(fanIn));
  }

  private TensorId bias(TensorId weights, int channels) {
    if (!isInteger()) {
      float[] values = new float[channels];
      for (int i = 0; i < channels; i++) {
        values[i] = 0.1f * (float) random.nextGaussian();
      }
      return constant(Shape.of(channels), values);
    }
    int[] values = random.ints(channels, -2000, 2001).toArray();
    float input = tensor(last).perTensor().scale();
    Quantization weightScales = tensor(weights).quantization().orElseThrow();
    List<Float> scales = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      scales.add(input * weightScales.scale(channel));
    }
    Quantization scale =
        weightScales instanceof Quantization.PerTensor
            ? new Quantization.PerTensor(scales.get(0), 0)
            : new Quantization.PerChannel(Collections.unmodifiableList(scales), 0);
    return constant(Shape.of(channels), Optional.of(scale), values);
  }

  private TensorId randomConstant16(Shape shape) {
    byte[] memory = new byte[2 * shape.elements()];
    random.nextBytes(memory);
    TensorId id = nextId();
    return add(
        Tensor.constant(id, "const" + id.value(), shape, DType.INT16, ConstantBytes.of(memory))
            .withType(DType.INT16, scaled));
  }

  private Tensor randomConstant(String name, Shape shape) {
    if (isInteger()) {
      byte[] values = new byte[shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) (random.nextInt(255) - 127);
      }
      return Tensor.constant(nextId(), name, shape, DType.INT8, ConstantBytes.of(values));
    }
    float[] values = new float[shape.elements()];
    float spread = 1 / (float) Math.sqrt((double) shape.elements() / shape.dim(0));
    for (int i = 0; i < values.length; i++) {
      values[i] = spread * (float) random.nextGaussian();
    }
    return Tensor.constant(nextId(), name, shape, DType.FLOAT32, ConstantBytes.ofFloats(values));
  }

  private Window same(int kernel, int stride) {
    return Window.same(shape().dim(1), shape().dim(2), kernel, kernel, stride, stride, 1, 1);
  }

  private static int fanIn(Window window, int depth) {
    return window.kernelH() * window.kernelW() * depth;
  }

  private Quantization.PerTensor sameScale() {
    return isInteger() ? tensor(last).perTensor() : scaled;
  }

  private boolean isInteger() {
    return !tensor(last).type().isFloat();
  }

  /** Shape of the last tensor. */
  public Shape shape() {
    return tensor(last).shape();
  }

  private Tensor tensor(TensorId id) {
    return tensors.get(id.value());
  }

  private TensorId nextId() {
    return new TensorId(tensors.size());
  }

  private TensorId add(Tensor tensor) {
    tensors.add(tensor);
    return tensor.id();
  }

  private void replace(TensorId id, Tensor tensor) {
    tensors.set(id.value(), tensor);
  }
}
