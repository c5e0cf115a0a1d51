// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Random integer networks for differential tests: every operator, with shapes of 1 to 17 along an
 * axis, all paddings, strides and dilations, fused activations, broadcasting, and quantizations
 * from scale 1e-4 to 1e2 with zero points at the edges of int8 too. The same seed gives the same
 * network.
 *
 * <p>Ratios of scales stay where TensorFlow Lite's own arithmetic is defined: its kernels shift
 * into the sign bit, or end the process, when an output is some ten thousand times finer than its
 * input.
 */
public final class RandomIntegerGraphs {
  private static final Activation[] ACTIVATIONS = Activation.values();

  private final Random random;
  private final GraphChain chain = GraphChain.graph();
  private float scale;

  private RandomIntegerGraphs(long seed) {
    this.random = new Random(seed);
    chain.seed(seed);
  }

  /** What a network of one operator can consist of. */
  public enum Kind {
    CONV_2D,
    DEPTHWISE_CONV_2D,
    TRANSPOSE_CONV,
    FULLY_CONNECTED,
    BATCH_MATMUL,
    L2_NORMALIZATION,
    ADD,
    SUB,
    MUL,
    MAXIMUM,
    MINIMUM,
    SQUARED_DIFFERENCE,
    MAX_POOL_2D,
    AVERAGE_POOL_2D,
    RESIZE_BILINEAR,
    RESIZE_NEAREST_NEIGHBOR,
    MEAN,
    SUM,
    REDUCE_MAX,
    REDUCE_MIN,
    PAD,
    CONCATENATION,
    RESHAPE,
    TRANSPOSE,
    STRIDED_SLICE,
    GATHER,
    SOFTMAX,
    LOGISTIC,
    TANH,
    RELU,
    RELU6,
    RELU_N1_TO_1,
    LEAKY_RELU,
    PRELU,
    EXP,
    LOG,
    ABS,
    RSQRT,
    ELU,
    HARD_SWISH,
    GELU,
    GELU_APPROXIMATE,
    QUANTIZE
  }

  /** Networks of one operator and, one in four, chains; shrinking means nothing to seeds. */
  public static Arbitrary<Graph> arbitrary() {
    return Arbitraries.longs()
        .withoutEdgeCases()
        .map(seed -> seed % 4 == 0 ? chain(seed) : single(seed))
        .dontShrink();
  }

  /** A network of one operator of any kind. */
  public static Graph single(long seed) {
    Kind[] kinds = Kind.values();
    return single(kinds[new Random(seed).nextInt(kinds.length)], seed);
  }

  /** A network of one operator of this kind. */
  public static Graph single(Kind kind, long seed) {
    RandomIntegerGraphs graphs = new RandomIntegerGraphs(seed);
    graphs.begin(kind);
    graphs.append(kind);
    return graphs.chain.build();
  }

  /** A network of two to six operators on images. */
  public static Graph chain(long seed) {
    RandomIntegerGraphs graphs = new RandomIntegerGraphs(seed);
    graphs.begin(Kind.CONV_2D);
    int length = 2 + graphs.random.nextInt(5);
    for (int i = 0; i < length; i++) {
      Kind[] kinds = Kind.values();
      Kind kind = kinds[graphs.random.nextInt(kinds.length)];
      if (graphs.fits(kind)) {
        graphs.append(kind);
      }
    }
    graphs.append(Kind.LEAKY_RELU);
    return graphs.chain.build();
  }

  private void begin(Kind kind) {
    scale = logUniform(1e-4, 1e2);
    if (kind == Kind.EXP) {
      scale = logUniform(1e-4, 3e-2);
    } else if (kind == Kind.HARD_SWISH) {
      scale = logUniform(1e-4, 1);
    }
    int[] dims =
        switch (kind) {
          case CONV_2D,
              DEPTHWISE_CONV_2D,
              TRANSPOSE_CONV,
              MAX_POOL_2D,
              AVERAGE_POOL_2D,
              RESIZE_BILINEAR,
              RESIZE_NEAREST_NEIGHBOR ->
              new int[] {upTo(2), upTo(17), upTo(17), upTo(9)};
          case BATCH_MATMUL -> dims(2 + random.nextInt(3));
          default -> dims(1 + random.nextInt(4));
        };
    // Of codes below the zero point TensorFlow Lite takes no root.
    int zeroPoint = kind == Kind.RSQRT ? Byte.MIN_VALUE : zeroPoint();
    chain.input("input", scale, zeroPoint, dims);
  }

  /** Whether the operator can follow on what is there. */
  private boolean fits(Kind kind) {
    boolean image = chain.shape().rank() == 4;
    return switch (kind) {
      case CONV_2D, DEPTHWISE_CONV_2D, MAX_POOL_2D, AVERAGE_POOL_2D -> image;
      case TRANSPOSE_CONV, RESIZE_BILINEAR, RESIZE_NEAREST_NEIGHBOR ->
          image && chain.shape().elements() < 20_000;
      case EXP -> false; // its values leave int32 for the scales that chains have
      case SQUARED_DIFFERENCE -> Math.abs(Math.log(chain.lastQuantization().scale())) < 2;
      case RSQRT -> chain.lastQuantization().zeroPoint() == Byte.MIN_VALUE;
      case BATCH_MATMUL -> chain.shape().rank() > 1 && chain.shape().elements() < 5_000;
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN, RESHAPE, FULLY_CONNECTED -> chain.shape().rank() > 1;
      default -> chain.shape().rank() > 0 && chain.shape().elements() < 20_000;
    };
  }

  private void append(Kind kind) {
    scale = chain.lastQuantization().scale();
    switch (kind) {
      case CONV_2D -> conv2d();
      case DEPTHWISE_CONV_2D -> depthwiseConv2d();
      case TRANSPOSE_CONV -> transposeConv();
      case BATCH_MATMUL -> matrices();
      case L2_NORMALIZATION -> chain.l2Normalization();
      case FULLY_CONNECTED -> fullyConnected();
      case ADD -> sum(Binary.Kind.ADD);
      case SUB -> sum(Binary.Kind.SUB);
      case MUL -> product();
      case MAXIMUM -> choice(Binary.Kind.MAXIMUM);
      case MINIMUM -> choice(Binary.Kind.MINIMUM);
      case SQUARED_DIFFERENCE -> squaredDifference();
      case MAX_POOL_2D -> chain.pool(Pool2d.Kind.MAX_POOL_2D, poolWindow(), activation());
      case AVERAGE_POOL_2D -> chain.pool(Pool2d.Kind.AVERAGE_POOL_2D, poolWindow(), activation());
      case RESIZE_BILINEAR -> resize(Resize.Kind.RESIZE_BILINEAR);
      case RESIZE_NEAREST_NEIGHBOR -> resize(Resize.Kind.RESIZE_NEAREST_NEIGHBOR);
      case MEAN -> rescaled().reduce(Reduce.Kind.MEAN, random.nextBoolean(), axes());
      case SUM -> rescaled().reduce(Reduce.Kind.SUM, random.nextBoolean(), axes());
      case REDUCE_MAX -> chain.reduce(Reduce.Kind.REDUCE_MAX, random.nextBoolean(), axes());
      case REDUCE_MIN -> chain.reduce(Reduce.Kind.REDUCE_MIN, random.nextBoolean(), axes());
      case PAD -> pad();
      case CONCATENATION -> concat();
      case RESHAPE -> reshape();
      case TRANSPOSE -> new RandomMoves(random, chain).transpose();
      case STRIDED_SLICE -> new RandomMoves(random, chain).slice();
      case GATHER -> new RandomMoves(random, chain).gather();
      case SOFTMAX -> chain.softmax(logUniform(0.1, 4));
      case LOGISTIC -> chain.unary(Unary.Kind.LOGISTIC);
      case TANH -> chain.unary(Unary.Kind.TANH);
      case RELU -> rescaled().unary(Unary.Kind.RELU);
      case RELU6 -> rescaled().unary(Unary.Kind.RELU6);
      case RELU_N1_TO_1 -> rescaled().unary(Unary.Kind.RELU_N1_TO_1);
      case LEAKY_RELU -> rescaled().unary(Unary.Kind.LEAKY_RELU, 2 * random.nextFloat() - 0.5f);
      case PRELU -> rescaled().prelu(slopes());
      case EXP -> exp();
      case LOG -> log();
      case ABS -> rescaled().unary(Unary.Kind.ABS);
      case RSQRT -> rsqrt();
      case ELU -> rescaled().unary(Unary.Kind.ELU);
      case HARD_SWISH -> hardSwish();
      case GELU -> rescaled().unary(Unary.Kind.GELU);
      case GELU_APPROXIMATE -> rescaled().unary(Unary.Kind.GELU_APPROXIMATE);
      case QUANTIZE -> {
        float output = rescale();
        chain.quantize(output, zeroPoint());
      }
    }
  }

  private void conv2d() {
    Window window = window(true);
    rescaled();
    if (random.nextInt(4) == 0) {
      chain.conv2dWithoutBias(upTo(17), window, activation());
    } else {
      chain.conv2d(upTo(17), window, activation());
    }
  }

  private void depthwiseConv2d() {
    Window window = window(true);
    rescaled().depthwiseConv2d(upTo(3), window, activation());
  }

  private void matrices() {
    float otherScale = logUniform(1e-3, 10);
    float product = chain.lastQuantization().scale() * otherScale;
    Quantization.PerTensor output =
        new Quantization.PerTensor(product * logUniform(0.5, 5000), zeroPoint());
    new RandomMatrices(random, chain).batchMatMul(output, otherScale, zeroPoint());
  }

  private void transposeConv() {
    int height = chain.shape().dim(1);
    int width = chain.shape().dim(2);
    boolean same = random.nextBoolean();
    int kh = upTo(5);
    int kw = upTo(5);
    int sh = upTo(3);
    int sw = upTo(3);
    // Of the sizes that shrink to the input, any: what is beyond the last window stays bias.
    int outputH = (height - 1) * sh + (same ? 1 : kh) + random.nextInt(sh);
    int outputW = (width - 1) * sw + (same ? 1 : kw) + random.nextInt(sw);
    Window window =
        same
            ? Window.same(outputH, outputW, kh, kw, sh, sw, 1, 1)
            : Window.valid(kh, kw, sh, sw, 1, 1);
    rescaled().transposeConv(upTo(9), window, outputH, outputW, activation());
  }

  private void fullyConnected() {
    rescaled();
    if (random.nextBoolean()) {
      chain.fullyConnected(upTo(17), activation());
    } else {
      chain.fullyConnectedPerChannel(upTo(17), activation());
    }
  }

  /** Addition and subtraction: the other operand is a constant, another input or the same. */
  private void sum(Binary.Kind function) {
    Quantization.PerTensor own = chain.lastQuantization();
    TensorId first = chain.last();
    chain.scaled(own.scale() * logUniform(0.02, 50), zeroPoint());
    TensorId second = other(first);
    chain.scaled(own.scale() * logUniform(0.1, 50), zeroPoint());
    combine(function, first, second);
  }

  private void product() {
    Quantization.PerTensor own = chain.lastQuantization();
    TensorId first = chain.last();
    float otherScale = logUniform(1e-3, 10);
    chain.scaled(otherScale, zeroPoint());
    TensorId second = other(first);
    float product = own.scale() * chain.quantization(second).scale();
    chain.scaled(product * logUniform(0.5, 500), zeroPoint());
    combine(Binary.Kind.MUL, first, second);
  }

  private void choice(Binary.Kind function) {
    Quantization.PerTensor own = chain.lastQuantization();
    TensorId first = chain.last();
    chain.scaled(own.scale(), own.zeroPoint());
    combine(function, first, other(first));
  }

  /** TensorFlow Lite's kernel wants outputs coarser than a 2^12th of the larger scale's square. */
  private void squaredDifference() {
    Quantization.PerTensor own = chain.lastQuantization();
    TensorId first = chain.last();
    chain.scaled(own.scale() * logUniform(0.02, 50), zeroPoint());
    TensorId second = other(first);
    float larger = Math.max(own.scale(), chain.quantization(second).scale());
    chain.scaled(larger * larger * logUniform(5e-4, 500), zeroPoint());
    combine(Binary.Kind.SQUARED_DIFFERENCE, first, second);
  }

  private void combine(Binary.Kind function, TensorId first, TensorId second) {
    boolean swapped = random.nextBoolean();
    chain.from(swapped ? second : first);
    Activation activation = function.carriesActivation() ? activation() : Activation.NONE;
    chain.binary(function, swapped ? first : second, activation);
  }

  private TensorId other(TensorId first) {
    if (random.nextInt(8) == 0) {
      return first;
    }
    int[] dims = broadcastable();
    if (random.nextBoolean()) {
      return chain.randomConstant(dims);
    }
    Quantization.PerTensor quantization = chain.scaled();
    chain.input("other", quantization.scale(), quantization.zeroPoint(), dims);
    return chain.last();
  }

  /** The last shape with some axes 1, or one slope a channel. */
  private int[] slopes() {
    Shape shape = chain.shape();
    int[] dims = random.nextBoolean() ? shape.toArray() : new int[] {shape.channels()};
    for (int axis = 0; axis < dims.length - 1; axis++) {
      dims[axis] = random.nextBoolean() ? 1 : dims[axis];
    }
    dims[dims.length - 1] = random.nextInt(3) == 0 ? 1 : shape.channels();
    return dims;
  }

  /** The last shape with some axes 1, and some left out in front. */
  private int[] broadcastable() {
    Shape shape = chain.shape();
    int dropped = random.nextInt(3) == 0 ? random.nextInt(shape.rank() + 1) : 0;
    int[] dims = new int[shape.rank() - dropped];
    for (int axis = 0; axis < dims.length; axis++) {
      boolean stretched = random.nextInt(3) == 0;
      int dim = shape.dim(axis + dropped);
      dims[axis] = stretched ? 1 : dim == 1 && shape.elements() < 3000 ? upTo(4) : dim;
    }
    return dims;
  }

  private Integer[] axes() {
    List<Integer> axes = new ArrayList<>();
    int rank = chain.shape().rank();
    for (int axis = 0; axis < rank; axis++) {
      if (random.nextBoolean()) {
        axes.add(axis);
      }
    }
    if (axes.isEmpty()) {
      axes.add(random.nextInt(rank));
    }
    return axes.toArray(Integer[]::new);
  }

  private void resize(Resize.Kind function) {
    boolean half = random.nextBoolean();
    boolean align = random.nextBoolean() && !(half && function == Resize.Kind.RESIZE_BILINEAR);
    chain.resize(function, upTo(random.nextInt(8) == 0 ? 60 : 17), upTo(17), align, half);
  }

  private void pad() {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < chain.shape().rank(); axis++) {
      before.add(random.nextInt(3));
      after.add(random.nextInt(3));
    }
    float value = random.nextInt(-150, 150) * chain.lastQuantization().scale();
    chain.pad(before, after, random.nextBoolean() ? 0f : value);
  }

  private void concat() {
    TensorId first = chain.last();
    Quantization.PerTensor quantization = chain.lastQuantization();
    int axis = random.nextInt(chain.shape().rank());
    List<TensorId> others = new ArrayList<>();
    for (int count = random.nextInt(3); count >= 0; count--) {
      int[] dims = chain.shape().toArray();
      dims[axis] = upTo(5);
      chain.from(first).scaled(quantization.scale(), quantization.zeroPoint());
      others.add(chain.randomConstant(dims));
    }
    if (random.nextBoolean()) {
      others.add(first);
    }
    chain.from(first).concat(axis, others.toArray(TensorId[]::new));
  }

  private void reshape() {
    int elements = chain.shape().elements();
    int inner = 1 + random.nextInt(17);
    while (elements % inner != 0) {
      inner--;
    }
    chain.reshape(elements / inner, inner);
  }

  /** Output scale such that the largest value is near the top of int8. */
  private void exp() {
    Quantization.PerTensor input = chain.lastQuantization();
    double largest = Math.exp((127 - input.zeroPoint()) * (double) input.scale());
    chain.scaled((float) (largest / 200 * logUniform(0.5, 2)), zeroPoint());
    chain.unary(Unary.Kind.EXP);
  }

  private void log() {
    double largest = Math.abs(Math.log(scale)) + 6;
    chain.scaled((float) (largest / 200 * logUniform(0.2, 2)), zeroPoint());
    chain.unary(Unary.Kind.LOG);
  }

  /** Output scale such that the root of one step of the input is near the top of int8. */
  private void rsqrt() {
    chain.scaled((float) (1 / Math.sqrt(scale) / 200 * logUniform(0.1, 10)), zeroPoint());
    chain.unary(Unary.Kind.RSQRT);
  }

  /** TensorFlow Lite's kernel takes outputs no more than 128 times as fine as the input. */
  private void hardSwish() {
    chain.scaled(scale * logUniform(0.01, 10), zeroPoint()).unary(Unary.Kind.HARD_SWISH);
  }

  private Window poolWindow() {
    return window(false);
  }

  /** SAME or VALID; for convolutions also dilated, and with any other padding. */
  private Window window(boolean convolution) {
    int height = chain.shape().dim(1);
    int width = chain.shape().dim(2);
    while (true) {
      int kh = upTo(5);
      int kw = upTo(5);
      int sh = upTo(3);
      int sw = upTo(3);
      int dh = convolution && random.nextBoolean() ? upTo(3) : 1;
      int dw = convolution && random.nextBoolean() ? upTo(3) : 1;
      Window window =
          random.nextBoolean()
              ? Window.same(height, width, kh, kw, sh, sw, dh, dw)
              : Window.valid(kh, kw, sh, sw, dh, dw);
      if (convolution && random.nextInt(3) == 0) {
        window =
            window.padded(
                random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
      }
      if (window.outputH(height) >= 1 && window.outputW(width) >= 1) {
        return window;
      }
    }
  }

  private GraphChain rescaled() {
    float output = rescale();
    return chain.scaled(output, zeroPoint()).weightSpread(logUniform(0.02, 20));
  }

  private float rescale() {
    return scale * (random.nextInt(4) == 0 ? 1 : logUniform(0.1, 100));
  }

  private Activation activation() {
    return ACTIVATIONS[random.nextInt(ACTIVATIONS.length)];
  }

  private int zeroPoint() {
    return switch (random.nextInt(6)) {
      case 0 -> -128;
      case 1 -> 127;
      case 2 -> 0;
      default -> random.nextInt(256) - 128;
    };
  }

  private int[] dims(int rank) {
    int[] dims = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = upTo(rank > 2 ? 9 : 17);
    }
    return dims;
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  private float logUniform(double low, double high) {
    return (float) (low * Math.exp(random.nextDouble() * Math.log(high / low)));
  }
}
