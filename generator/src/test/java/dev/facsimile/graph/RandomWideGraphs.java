// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random networks of one int16 operator with int8 weights, for differential tests: shapes of 1 to 9
 * along an axis, all paddings, strides and fused activations, broadcasting, biases of 32 and of 64
 * bits, scales from 1e-6 to 1e-1. The same seed gives the same network.
 */
public final class RandomWideGraphs {
  private static final Activation[] ACTIVATIONS = Activation.values();

  private final Random random;
  private final GraphChain chain = GraphChain.graph();

  private RandomWideGraphs(long seed) {
    random = new Random(seed);
    chain.seed(seed);
  }

  /** Every operator that TensorFlow Lite 2.19 has in int16. */
  public enum Kind {
    CONV_2D,
    DEPTHWISE_CONV_2D,
    TRANSPOSE_CONV,
    BATCH_MATMUL,
    FULLY_CONNECTED,
    ADD,
    SUB,
    MUL,
    MAXIMUM,
    MINIMUM,
    MAX_POOL_2D,
    AVERAGE_POOL_2D,
    MEAN,
    REDUCE_MAX,
    REDUCE_MIN,
    PAD,
    CONCATENATION,
    RESHAPE,
    TRANSPOSE,
    STRIDED_SLICE,
    GATHER,
    LOGISTIC,
    TANH,
    SOFTMAX,
    LEAKY_RELU,
    ABS,
    RESIZE_BILINEAR,
    RESIZE_NEAREST_NEIGHBOR,
    RELU,
    RELU6,
    EXP,
    LOG,
    RSQRT,
    QUANTIZE
  }

  /** A network of one operator. */
  public static Graph single(Kind kind, long seed) {
    RandomWideGraphs graphs = new RandomWideGraphs(seed);
    graphs.begin(kind);
    graphs.append(kind);
    return graphs.chain.build();
  }

  private void begin(Kind kind) {
    float scale =
        switch (kind) {
          case EXP -> logUniform(1e-6, 2e-4);
          case LOGISTIC, TANH, SOFTMAX ->
              random.nextInt(4) == 0 ? 0x1p-12f : logUniform(1e-6, 3e-3);
          default -> logUniform(1e-6, 1e-1);
        };
    int[] dims =
        switch (kind) {
          case CONV_2D,
              DEPTHWISE_CONV_2D,
              TRANSPOSE_CONV,
              MAX_POOL_2D,
              AVERAGE_POOL_2D,
              RESIZE_BILINEAR,
              RESIZE_NEAREST_NEIGHBOR ->
              new int[] {upTo(2), upTo(9), upTo(9), upTo(5)};
          case BATCH_MATMUL -> dims(2 + random.nextInt(3));
          default -> dims(1 + random.nextInt(4));
        };
    chain.input16("input", scale, dims).longBiases(random.nextBoolean());
  }

  private void append(Kind kind) {
    switch (kind) {
      case CONV_2D -> conv2d();
      case DEPTHWISE_CONV_2D ->
          rescaled().longBiases(true).depthwiseConv2d(upTo(3), window(true), activation());
      case FULLY_CONNECTED -> fullyConnected();
      case TRANSPOSE_CONV -> transposeConv();
      case BATCH_MATMUL -> batchMatMul();
      case ADD -> sum(Binary.Kind.ADD);
      case SUB -> sum(Binary.Kind.SUB);
      case MUL -> product();
      case MAXIMUM -> choice(Binary.Kind.MAXIMUM);
      case MINIMUM -> choice(Binary.Kind.MINIMUM);
      case MAX_POOL_2D -> chain.pool(Pool2d.Kind.MAX_POOL_2D, window(false), activation());
      case AVERAGE_POOL_2D -> chain.pool(Pool2d.Kind.AVERAGE_POOL_2D, window(false), activation());
      case MEAN -> rescaled().reduce(Reduce.Kind.MEAN, random.nextBoolean(), axes());
      case REDUCE_MAX -> chain.reduce(Reduce.Kind.REDUCE_MAX, random.nextBoolean(), axes());
      case REDUCE_MIN -> chain.reduce(Reduce.Kind.REDUCE_MIN, random.nextBoolean(), axes());
      case PAD -> pad();
      case CONCATENATION -> concat();
      case RESHAPE -> chain.reshape(chain.shape().elements());
      case TRANSPOSE -> new RandomMoves(random, chain).transpose();
      case STRIDED_SLICE -> new RandomMoves(random, chain).slice();
      case GATHER -> new RandomMoves(random, chain).gather();
      case LOGISTIC -> chain.unary(Unary.Kind.LOGISTIC);
      case TANH -> chain.unary(Unary.Kind.TANH);
      case SOFTMAX -> chain.softmax(logUniform(0.1, 4));
      case LEAKY_RELU -> rescaled().unary(Unary.Kind.LEAKY_RELU, 2 * random.nextFloat() - 0.5f);
      case ABS -> rescaled().unary(Unary.Kind.ABS);
      case RESIZE_BILINEAR -> resize(Resize.Kind.RESIZE_BILINEAR);
      case RESIZE_NEAREST_NEIGHBOR -> resize(Resize.Kind.RESIZE_NEAREST_NEIGHBOR);
      case RELU -> rescaled().unary(Unary.Kind.RELU);
      case RELU6 -> rescaled().unary(Unary.Kind.RELU6);
      case EXP -> exp();
      case LOG -> table(Unary.Kind.LOG, Math.abs(Math.log(scale())) + 11);
      case RSQRT -> {
        chain.scaled(scale(), 0).unary(Unary.Kind.RELU); // of codes below 0 it takes no root
        table(Unary.Kind.RSQRT, 1 / Math.sqrt(scale()));
      }
      case QUANTIZE -> quantize();
    }
  }

  private void conv2d() {
    rescaled();
    if (random.nextInt(4) == 0) {
      chain.conv2dWithoutBias(upTo(9), window(true), activation());
    } else {
      chain.conv2d(upTo(9), window(true), activation());
    }
  }

  private void transposeConv() {
    boolean same = random.nextBoolean();
    int kh = upTo(4);
    int kw = upTo(4);
    int sh = upTo(3);
    int sw = upTo(3);
    // Of the sizes that shrink to the input, any: what is beyond the last window stays bias.
    int height = (chain.shape().dim(1) - 1) * sh + (same ? 1 : kh) + random.nextInt(sh);
    int width = (chain.shape().dim(2) - 1) * sw + (same ? 1 : kw) + random.nextInt(sw);
    Window window =
        same
            ? Window.same(height, width, kh, kw, sh, sw, 1, 1)
            : Window.valid(kh, kw, sh, sw, 1, 1);
    rescaled().transposeConv(upTo(9), window, height, width, activation());
  }

  private void batchMatMul() {
    float other = logUniform(1e-5, 1e-2);
    float output = scale() * other * logUniform(5, 100_000);
    new RandomMatrices(random, chain).batchMatMul(new Quantization.PerTensor(output, 0), other, 0);
  }

  private void fullyConnected() {
    rescaled();
    if (random.nextBoolean()) {
      chain.fullyConnected(upTo(17), activation());
    } else {
      chain.fullyConnectedPerChannel(upTo(17), activation());
    }
  }

  private void sum(Binary.Kind function) {
    float own = scale();
    TensorId first = chain.last();
    chain.scaled(own * (random.nextInt(4) == 0 ? 1 : logUniform(0.02, 50)), 0);
    TensorId second = other(first);
    chain.scaled(own * logUniform(0.1, 50), 0);
    chain.from(first).binary(function, second, activation());
  }

  private void choice(Binary.Kind function) {
    TensorId first = chain.last();
    chain.scaled(scale(), 0);
    TensorId second = other(first);
    chain.from(first).binary(function, second, Activation.NONE);
  }

  private void product() {
    float own = scale();
    TensorId first = chain.last();
    chain.scaled(logUniform(1e-5, 1e-1), 0);
    TensorId second = other(first);
    chain.scaled(own * chain.quantization(second).scale() * logUniform(5, 100_000), 0);
    chain.from(first).binary(Binary.Kind.MUL, second, activation());
  }

  /** A constant that is repeated over the input's shape, another input, or the same. */
  private TensorId other(TensorId first) {
    int[] dims = chain.shape().toArray();
    return switch (random.nextInt(3)) {
      case 0 -> first;
      case 1 -> {
        chain.sibling("other", dims);
        yield chain.last();
      }
      default -> {
        for (int axis = 0; axis < dims.length; axis++) {
          dims[axis] = random.nextInt(3) == 0 ? 1 : dims[axis];
        }
        yield chain.randomConstant(dims);
      }
    };
  }

  private void pad() {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < chain.shape().rank(); axis++) {
      before.add(random.nextInt(3));
      after.add(random.nextInt(3));
    }
    chain.pad(before, after);
  }

  private void concat() {
    TensorId first = chain.last();
    int axis = random.nextInt(chain.shape().rank());
    int[] dims = chain.shape().toArray();
    dims[axis] = upTo(5);
    chain.scaled(scale(), 0);
    TensorId second = chain.randomConstant(dims);
    chain.concat(axis, second, first);
  }

  private void resize(Resize.Kind function) {
    boolean aligned = random.nextBoolean();
    chain.resize(function, upTo(12), upTo(12), aligned, !aligned && random.nextBoolean());
  }

  private void exp() {
    table(Unary.Kind.EXP, Math.exp(Short.MAX_VALUE * (double) scale()));
  }

  /** Output scale such that {@code largest} is near the top of int16. */
  private void table(Unary.Kind function, double largest) {
    chain.scaled((float) (largest / 40_000 * logUniform(0.3, 3)), 0).unary(function);
  }

  /** To int16 or to int8; TensorFlow Lite has no way back. */
  private void quantize() {
    float other = scale() * logUniform(0.1, 500);
    if (random.nextBoolean()) {
      chain.quantize16(other);
    } else {
      chain.quantize(other, random.nextInt(256) - 128);
    }
  }

  private GraphChain rescaled() {
    float output = scale() * (random.nextInt(4) == 0 ? 1 : logUniform(0.1, 100));
    return chain.scaled(output, 0).weightSpread(logUniform(0.02, 20));
  }

  private float scale() {
    return chain.lastQuantization().scale();
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

  private Window window(boolean convolution) {
    int height = chain.shape().dim(1);
    int width = chain.shape().dim(2);
    while (true) {
      int kh = upTo(4);
      int kw = upTo(4);
      int dilation = convolution ? upTo(2) : 1;
      Window window =
          random.nextBoolean()
              ? Window.same(height, width, kh, kw, upTo(3), upTo(3), dilation, dilation)
              : Window.valid(kh, kw, upTo(3), upTo(3), dilation, dilation);
      if (window.outputH(height) >= 1 && window.outputW(width) >= 1) {
        return window;
      }
    }
  }

  private Activation activation() {
    return ACTIVATIONS[random.nextInt(ACTIVATIONS.length)];
  }

  private int[] dims(int rank) {
    int[] dims = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = upTo(9);
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
