// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.OutputShape;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A graph of one operator with random shapes, parameters, scales and zero points, such as
 * TensorFlow Lite can run too. The same seed gives the same graph.
 */
final class RandomOperator {
  private static final int KINDS = 21;
  private static final Quantization.PerTensor PROBABILITY =
      new Quantization.PerTensor(1f / 256, -128);

  private final boolean integer;
  private final Random random;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Port> inputs = new ArrayList<>();

  private RandomOperator(boolean integer, long seed) {
    this.integer = integer;
    this.random = new Random(seed);
  }

  /** An int8 operator. */
  static Graph integer(long seed) {
    return new RandomOperator(true, seed).graph();
  }

  /** A float operator. */
  static Graph real(long seed) {
    return new RandomOperator(false, seed).graph();
  }

  private Graph graph() {
    Op op = operator(random.nextInt(KINDS));
    return new Graph(tensors, List.of(op), inputs, List.of(new Port("output", op.output())));
  }

  private Op operator(int kind) {
    return switch (kind) {
      case 0, 1 -> convolution();
      case 2, 3 -> depthwise();
      case 4, 5 -> connected();
      case 6 -> binary(Binary.Kind.ADD);
      case 7 -> binary(Binary.Kind.SUB);
      case 8 -> binary(Binary.Kind.MUL);
      case 9 -> integer ? binary(Binary.Kind.ADD) : binary(Binary.Kind.DIV);
      case 10, 11 -> unary();
      case 12 -> prelu();
      case 13 -> pool(Pool2d.Kind.MAX_POOL_2D);
      case 14 -> pool(Pool2d.Kind.AVERAGE_POOL_2D);
      case 15 -> reduce(pick(Reduce.Kind.MEAN, Reduce.Kind.SUM, Reduce.Kind.REDUCE_MAX));
      case 16 -> reduce(Reduce.Kind.MEAN);
      case 17 -> pad();
      case 18 -> random.nextBoolean() ? concat() : reshape();
      case 19 -> softmax();
      default -> integer ? quantize() : softmax();
    };
  }

  private Op convolution() {
    TensorId input = input(image());
    int depth = shape(input).dim(3);
    int channels = size(9);
    Window window = window(shape(input));
    TensorId filter = weights(Shape.of(channels, window.kernelH(), window.kernelW(), depth), 0);
    // TensorFlow Lite refuses convolutions without a bias.
    Optional<TensorId> bias = Optional.of(bias(input, filter, channels));
    int products = window.kernelH() * window.kernelW() * depth;
    return finish(
        out -> new Conv2d(input, filter, bias, out, window, activation()),
        sumScale(input, filter, products));
  }

  private Op depthwise() {
    TensorId input = input(image());
    int multiplier = random.nextInt(3) == 0 ? 1 + size(3) : 1;
    int channels = shape(input).dim(3) * multiplier;
    Window window = window(shape(input));
    TensorId filter = weights(Shape.of(1, window.kernelH(), window.kernelW(), channels), 3);
    Optional<TensorId> bias = optionalBias(input, filter, channels);
    return finish(
        out -> new DepthwiseConv2d(input, filter, bias, out, window, multiplier, activation()),
        sumScale(input, filter, window.kernelH() * window.kernelW()));
  }

  private Op connected() {
    int depth = size(40);
    int channels = size(20);
    TensorId input = input(Shape.of(size(3), depth));
    TensorId weights = weights(Shape.of(channels, depth), 0);
    Optional<TensorId> bias = optionalBias(input, weights, channels);
    TensorId output =
        activationTensor(Shape.of(shape(input).dim(0), channels), sumScale(input, weights, depth));
    return new FullyConnected(input, weights, bias, output, activation());
  }

  private Op binary(Binary.Kind kind) {
    Shape whole = anyShape();
    Shape part = random.nextBoolean() ? whole : broadcastable(whole);
    TensorId first = input(whole);
    TensorId second = random.nextBoolean() ? input(part) : constant(part);
    boolean swapped = random.nextBoolean();
    TensorId a = swapped ? second : first;
    TensorId b = swapped ? first : second;
    float scale =
        kind == Binary.Kind.MUL
            ? scale(a) * scale(b) * between(5, 150)
            : Math.max(scale(a), scale(b)) * between(0.3f, 4);
    return finish(out -> new Binary(kind, a, b, out, activation()), quantized(scale));
  }

  private Op unary() {
    Unary.Kind kind =
        integer
            ? pick(
                Unary.Kind.RELU,
                Unary.Kind.RELU6,
                Unary.Kind.RELU_N1_TO_1,
                Unary.Kind.LEAKY_RELU,
                Unary.Kind.LOGISTIC,
                Unary.Kind.TANH,
                Unary.Kind.EXP)
            : pick(Unary.Kind.values());
    // The kernel's EXP of larger values leaves int32, which C++ does not define.
    TensorId input =
        kind == Unary.Kind.EXP
            ? input(anyShape(), quantized(between(0.001f, 0.08f)))
            : input(anyShape());
    float alpha = kind == Unary.Kind.LEAKY_RELU ? between(-0.5f, 1.5f) : 0;
    float scale = scale(input) * between(0.3f, 3);
    Quantization.PerTensor output =
        switch (kind) {
          case LOGISTIC -> PROBABILITY;
          case TANH -> quantized(between(0.5f, 2) / 128);
          case EXP -> quantized((float) Math.exp(scale(input) * 60) / 128);
          default -> quantized(scale);
        };
    return finish(out -> new Unary(kind, input, out, alpha), output);
  }

  private Op prelu() {
    TensorId input = input(anyShape());
    Shape slopes =
        random.nextBoolean() ? Shape.of(shape(input).channels()) : broadcastable(shape(input));
    TensorId alpha = constant(slopes);
    return finish(out -> new PRelu(input, alpha, out), quantized(scale(input) * between(0.3f, 3)));
  }

  private Op pool(Pool2d.Kind kind) {
    TensorId input = input(image());
    Shape shape = shape(input);
    int kernelH = 1 + random.nextInt(Math.min(4, shape.dim(1)));
    int kernelW = 1 + random.nextInt(Math.min(4, shape.dim(2)));
    int strideH = size(3);
    int strideW = size(3);
    Window window =
        random.nextBoolean()
            ? Window.valid(kernelH, kernelW, strideH, strideW, 1, 1)
            : Window.same(shape.dim(1), shape.dim(2), kernelH, kernelW, strideH, strideW, 1, 1);
    return finish(out -> new Pool2d(kind, input, out, window, activation()), same(input));
  }

  private Op reduce(Reduce.Kind kind) {
    TensorId input = input(anyShape());
    int rank = shape(input).rank();
    List<Integer> axes =
        IntStream.range(0, rank).filter(axis -> random.nextBoolean()).boxed().toList();
    List<Integer> chosen = axes.isEmpty() ? List.of(random.nextInt(rank)) : axes;
    boolean keepDims = random.nextBoolean();
    Quantization.PerTensor output =
        kind == Reduce.Kind.REDUCE_MAX ? same(input) : quantized(scale(input) * between(0.2f, 5));
    return finish(out -> new Reduce(kind, input, out, chosen, keepDims), output);
  }

  private Op pad() {
    TensorId input = input(anyShape());
    int rank = shape(input).rank();
    List<Integer> before = random.ints(rank, 0, 3).boxed().toList();
    List<Integer> after = random.ints(rank, 0, 3).boxed().toList();
    return finish(out -> new Pad(input, out, before, after), same(input));
  }

  private Op concat() {
    TensorId first = input(anyShape());
    int axis = random.nextInt(shape(first).rank());
    List<TensorId> operands = new ArrayList<>(List.of(first));
    for (int i = random.nextInt(3); i > 0; i--) {
      int[] dims = shape(first).toArray();
      dims[axis] = size(4);
      operands.add(input(Shape.of(dims), same(first)));
    }
    return finish(out -> new Concat(operands, out, axis, Activation.NONE), same(first));
  }

  private Op reshape() {
    TensorId input = input(anyShape());
    TensorId output = activationTensor(Shape.of(shape(input).elements()), same(input));
    return new Reshape(input, output);
  }

  private Op softmax() {
    TensorId input = input(Shape.of(size(3), random.nextInt(4) == 0 ? 511 : size(30)));
    float beta = random.nextBoolean() ? 1 : between(0.1f, 3);
    return finish(out -> new Softmax(input, out, beta), PROBABILITY);
  }

  private Op quantize() {
    TensorId input = input(anyShape());
    return finish(out -> new Quantize(input, out), quantized(scale(input) * between(0.3f, 3)));
  }

  private Op finish(Function<TensorId, Op> make, Quantization.PerTensor quantization) {
    Op op = make.apply(new TensorId(tensors.size()));
    activationTensor(op.accept(new OutputShape(this::shape)), quantization);
    return op;
  }

  private Window window(Shape input) {
    int dilationH = random.nextInt(4) == 0 ? 2 : 1;
    int dilationW = random.nextInt(4) == 0 ? 2 : 1;
    int kernelH = 1 + random.nextInt(1 + Math.min(3, (input.dim(1) - 1) / dilationH));
    int kernelW = 1 + random.nextInt(1 + Math.min(3, (input.dim(2) - 1) / dilationW));
    int strideH = size(2);
    int strideW = size(2);
    Window valid = Window.valid(kernelH, kernelW, strideH, strideW, dilationH, dilationW);
    return switch (random.nextInt(3)) {
      case 0 -> valid;
      case 1 -> valid.padded(size(2), random.nextInt(2), random.nextInt(3), size(2));
      default ->
          Window.same(
              input.dim(1), input.dim(2), kernelH, kernelW, strideH, strideW, dilationH, dilationW);
    };
  }

  private Shape image() {
    return Shape.of(size(2), size(7), size(7), size(9));
  }

  private Shape anyShape() {
    int rank = 1 + random.nextInt(4);
    return new Shape(random.ints(rank, 1, 7).boxed().toList());
  }

  private Shape broadcastable(Shape whole) {
    int dropped = random.nextInt(whole.rank());
    return new Shape(
        whole.dims().subList(dropped, whole.rank()).stream()
            .map(dim -> random.nextBoolean() ? dim : 1)
            .toList());
  }

  private Activation activation() {
    return random.nextBoolean() ? Activation.NONE : pick(Activation.values());
  }

  private Quantization.PerTensor quantized(float scale) {
    int zeroPoint =
        switch (random.nextInt(5)) {
          case 0 -> -128;
          case 1 -> 127;
          case 2 -> 0;
          default -> random.nextInt(256) - 128;
        };
    return new Quantization.PerTensor(scale, zeroPoint);
  }

  private Quantization.PerTensor same(TensorId id) {
    return integer ? tensors.get(id.value()).perTensor() : PROBABILITY;
  }

  private Quantization.PerTensor sumScale(TensorId input, TensorId weights, int products) {
    if (!integer) {
      return PROBABILITY;
    }
    float weightScale = tensors.get(weights.value()).quantization().orElseThrow().scale(0);
    float spread = (float) Math.sqrt(products) * between(10, 150);
    return quantized(scale(input) * weightScale * spread);
  }

  private float scale(TensorId id) {
    return integer ? tensors.get(id.value()).perTensor().scale() : 1;
  }

  private TensorId input(Shape shape) {
    return input(shape, quantized((float) Math.pow(10, between(-3, 0))));
  }

  private TensorId input(Shape shape, Quantization.PerTensor quantization) {
    TensorId id = activationTensor(shape, quantization);
    inputs.add(new Port("input" + id.value(), id));
    return id;
  }

  private TensorId activationTensor(Shape shape, Quantization.PerTensor quantization) {
    TensorId id = new TensorId(tensors.size());
    Tensor tensor = Tensor.activation(id, "t" + id.value(), shape, DType.FLOAT32);
    tensors.add(integer ? tensor.withType(DType.INT8, quantization) : tensor);
    return id;
  }

  private TensorId constant(Shape shape) {
    return constant(shape, quantized((float) Math.pow(10, between(-3, 0))));
  }

  private TensorId weights(Shape shape, int channelAxis) {
    if (random.nextInt(3) == 0) {
      return constant(shape, new Quantization.PerTensor(between(0.001f, 0.1f), 0));
    }
    List<Float> scales =
        IntStream.range(0, shape.dim(channelAxis)).mapToObj(c -> between(0.01f, 0.1f)).toList();
    return constant(shape, new Quantization.PerChannel(scales, channelAxis));
  }

  private TensorId constant(Shape shape, Quantization quantization) {
    TensorId id = new TensorId(tensors.size());
    if (integer) {
      byte[] codes = new byte[shape.elements()];
      random.nextBytes(codes);
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) Math.max(-127, codes[i]);
      }
      tensors.add(
          Tensor.constant(id, "c" + id.value(), shape, DType.INT8, ConstantBytes.of(codes))
              .withType(DType.INT8, quantization));
    } else {
      float[] values = new float[shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      tensors.add(
          Tensor.constant(
              id, "c" + id.value(), shape, DType.FLOAT32, ConstantBytes.ofFloats(values)));
    }
    return id;
  }

  private Optional<TensorId> optionalBias(TensorId input, TensorId weights, int channels) {
    return random.nextInt(5) == 0 ? Optional.empty() : Optional.of(bias(input, weights, channels));
  }

  private TensorId bias(TensorId input, TensorId weights, int channels) {
    Shape shape = Shape.of(channels);
    if (!integer) {
      return constant(shape);
    }
    Quantization scales = tensors.get(weights.value()).quantization().orElseThrow();
    TensorId id = new TensorId(tensors.size());
    int[] values = random.ints(channels, -5000, 5001).toArray();
    Quantization quantization =
        scales instanceof Quantization.PerChannel perChannel
            ? new Quantization.PerChannel(
                perChannel.scales().stream().map(scale -> scale * scale(input)).toList(), 0)
            : new Quantization.PerTensor(scales.scale(0) * scale(input), 0);
    tensors.add(
        new Tensor(
            id,
            "b" + id.value(),
            shape,
            DType.INT32,
            Optional.of(quantization),
            Optional.of(ConstantBytes.ofInts(values)),
            -1));
    return id;
  }

  private Shape shape(TensorId id) {
    return tensors.get(id.value()).shape();
  }

  private int size(int max) {
    return 1 + random.nextInt(max);
  }

  private float between(float min, float max) {
    return min + random.nextFloat() * (max - min);
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
