// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.RandomMatrices;
import dev.facsimile.graph.RandomMoves;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Float networks of one operator with random shapes and parameters, such as TensorFlow Lite can run
 * too. The same seed gives the same network.
 */
final class RandomFloatOperators {
  private static final int KINDS = 25;

  private final Random random;
  private final GraphChain chain = GraphChain.graph();

  private RandomFloatOperators(long seed) {
    this.random = new Random(seed);
    chain.seed(seed);
  }

  static Graph single(long seed) {
    RandomFloatOperators operators = new RandomFloatOperators(seed);
    operators.append(operators.random.nextInt(KINDS));
    return operators.chain.build();
  }

  private void append(int kind) {
    switch (kind) {
      case 0, 1 -> image().conv2d(upTo(9), window(), activation());
      case 2, 3 -> image().depthwiseConv2d(upTo(3), window(), activation());
      case 4 -> chain.input("x", upTo(3), upTo(40)).fullyConnected(upTo(20), activation());
      case 5 -> binary(pick(Binary.Kind.values()));
      case 6, 7 -> any().unary(pick(Unary.Kind.values()), random.nextFloat() * 2 - 0.5f);
      case 8 -> any().prelu();
      case 9 -> pool();
      case 10 -> reduce(pick(Reduce.Kind.values()));
      case 11 -> pad();
      case 12 -> concat();
      case 15, 16 -> transposeConv();
      case 13, 14 -> resize(pick(Resize.Kind.values()));
      case 20 -> matrices();
      case 23 -> argMax();
      case 24 -> lstm();
      case 21 -> any().l2Normalization();
      case 17 -> new RandomMoves(random, many()).transpose();
      case 18 -> new RandomMoves(random, many()).slice();
      case 19 -> new RandomMoves(random, many()).gather();
      default -> chain.input("x", upTo(3), upTo(300)).softmax(0.1f + 2 * random.nextFloat());
    }
  }

  private void binary(Binary.Kind kind) {
    any();
    TensorId first = chain.last();
    int[] part = chain.shape().toArray();
    for (int axis = 0; axis < part.length; axis++) {
      part[axis] = random.nextInt(3) == 0 ? 1 : part[axis];
    }
    TensorId second = chain.randomConstant(part);
    boolean swapped = random.nextBoolean();
    Activation activation = kind.carriesActivation() ? activation() : Activation.NONE;
    chain.from(swapped ? second : first).binary(kind, swapped ? first : second, activation);
  }

  private void pool() {
    image();
    int kernelH = 1 + random.nextInt(Math.min(4, chain.shape().dim(1)));
    int kernelW = 1 + random.nextInt(Math.min(4, chain.shape().dim(2)));
    int strideH = upTo(3);
    int strideW = upTo(3);
    Window window =
        random.nextBoolean()
            ? Window.valid(kernelH, kernelW, strideH, strideW, 1, 1)
            : same(kernelH, kernelW, strideH, strideW, 1, 1);
    chain.pool(pick(Pool2d.Kind.values()), window, activation());
  }

  private void reduce(Reduce.Kind kind) {
    any();
    int rank = chain.shape().rank();
    int kept = random.nextInt(rank);
    Integer[] axes =
        IntStream.range(0, rank)
            .filter(axis -> axis != kept || rank == 1)
            .filter(axis -> rank == 1 || axis == (kept + 1) % rank || random.nextBoolean())
            .boxed()
            .toArray(Integer[]::new);
    chain.reduce(kind, random.nextBoolean(), axes);
  }

  private void argMax() {
    any();
    chain.argMax(pick(ArgMax.Kind.values()), random.nextInt(chain.shape().rank()));
  }

  private void lstm() {
    chain.input("x", upTo(6), upTo(6), upTo(9));
    float clip = random.nextBoolean() ? 0 : random.nextFloat() + 0.1f;
    chain.lstm(upTo(9), clip, 0, random.nextBoolean());
  }

  private void matrices() {
    chain.input("x", random.ints(2 + random.nextInt(3), 1, 7).toArray());
    new RandomMatrices(random, chain).batchMatMul(null, 0, 0);
  }

  private void transposeConv() {
    image();
    int kernel = upTo(4);
    int stride = upTo(3);
    boolean same = random.nextBoolean();
    int height = (chain.shape().dim(1) - 1) * stride + (same ? 1 : kernel) + random.nextInt(stride);
    int width = (chain.shape().dim(2) - 1) * stride + (same ? 1 : kernel) + random.nextInt(stride);
    Window window =
        same
            ? Window.same(height, width, kernel, kernel, stride, stride, 1, 1)
            : Window.valid(kernel, kernel, stride, stride, 1, 1);
    chain.transposeConv(upTo(6), window, height, width, activation());
  }

  private void resize(Resize.Kind kind) {
    image();
    boolean half = random.nextBoolean();
    boolean align = random.nextBoolean() && !(half && kind == Resize.Kind.RESIZE_BILINEAR);
    chain.resize(kind, upTo(19), upTo(19), align, half);
  }

  private void pad() {
    any();
    int rank = chain.shape().rank();
    List<Integer> before = random.ints(rank, 0, 3).boxed().toList();
    List<Integer> after = random.ints(rank, 0, 3).boxed().toList();
    chain.pad(before, after, random.nextBoolean() ? 0f : random.nextFloat());
  }

  private void concat() {
    any();
    int axis = random.nextInt(chain.shape().rank());
    int[] dims = chain.shape().toArray();
    dims[axis] = upTo(4);
    chain.concat(axis, chain.randomConstant(dims));
  }

  private Window window() {
    int dilationH = random.nextInt(4) == 0 ? 2 : 1;
    int dilationW = random.nextInt(4) == 0 ? 2 : 1;
    int kernelH = 1 + random.nextInt(1 + Math.min(3, (chain.shape().dim(1) - 1) / dilationH));
    int kernelW = 1 + random.nextInt(1 + Math.min(3, (chain.shape().dim(2) - 1) / dilationW));
    int strideH = upTo(2);
    int strideW = upTo(2);
    Window valid = Window.valid(kernelH, kernelW, strideH, strideW, dilationH, dilationW);
    return switch (random.nextInt(3)) {
      case 0 -> valid;
      case 1 -> valid.padded(upTo(2), random.nextInt(2), random.nextInt(3), upTo(2));
      default -> same(kernelH, kernelW, strideH, strideW, dilationH, dilationW);
    };
  }

  private Window same(
      int kernelH, int kernelW, int strideH, int strideW, int dilationH, int dilationW) {
    Shape image = chain.shape();
    return Window.same(
        image.dim(1), image.dim(2), kernelH, kernelW, strideH, strideW, dilationH, dilationW);
  }

  private GraphChain image() {
    return chain.input("x", upTo(2), upTo(7), upTo(7), upTo(9));
  }

  private GraphChain any() {
    return chain.input("x", random.ints(1 + random.nextInt(4), 1, 7).toArray());
  }

  /** Up to five axes: slices have no more in TensorFlow Lite. */
  private GraphChain many() {
    return chain.input("x", random.ints(1 + random.nextInt(5), 1, 6).toArray());
  }

  private Activation activation() {
    return random.nextBoolean() ? Activation.NONE : pick(Activation.values());
  }

  private int upTo(int max) {
    return 1 + random.nextInt(max);
  }

  private <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
