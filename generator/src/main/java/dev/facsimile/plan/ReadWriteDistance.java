// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import java.util.OptionalInt;

/**
 * How far above its output an operand must begin so that the output may be written over it.
 *
 * <p>Convolutions (asked for {@code rows_outermost}), depthwise convolutions and poolings go
 * through the output's rows in ascending order: while at a row they write nothing but this row and
 * read nothing but its taps. So bytes of the input below the lowest tap of all rows still to come
 * are free. The distance is the largest value, over all rows, of (the row's end, counted from the
 * output's begin) - (lowest tap of this row and all later ones, counted from the input's begin).
 * {@link VerifyArenaHasNoOverlap} replays the reads and writes to prove each use of it.
 */
final class ReadWriteDistance {
  private ReadWriteDistance() {}

  /** Whether the kernel's output may be exactly where an operand of its shape is. */
  static boolean allowsInPlace(Op op) {
    return op instanceof Binary
        || op instanceof Unary
        || op instanceof Lookup
        || op instanceof PRelu
        || op instanceof Quantize
        || op instanceof Softmax;
  }

  /**
   * The smallest allowed {@code begin(operand) - begin(output)} where the two overlap; empty where
   * they must not overlap at all.
   */
  static OptionalInt of(Graph graph, Op op, TensorId operand) {
    Tensor input = graph.tensor(operand);
    Tensor output = graph.tensor(op.output());
    if (op instanceof Conv2d conv && operand.equals(conv.input())) {
      return OptionalInt.of(ofWindow(input, output, conv.window()));
    }
    if (op instanceof DepthwiseConv2d depthwise && operand.equals(depthwise.input())) {
      return OptionalInt.of(ofWindow(input, output, depthwise.window()));
    }
    if (op instanceof Pool2d pool && operand.equals(pool.input())) {
      return OptionalInt.of(ofWindow(input, output, pool.window()));
    }
    return OptionalInt.empty();
  }

  private static int ofWindow(Tensor inputTensor, Tensor outputTensor, Window window) {
    Shape input = inputTensor.shape();
    Shape output = outputTensor.shape();
    int rowBytes = output.dim(2) * output.channels() * outputTensor.type().bytes();
    int inputBytes = inputTensor.type().bytes();
    int distance = Integer.MIN_VALUE;
    int lowestTap = Integer.MAX_VALUE;
    for (int n = output.dim(0) - 1; n >= 0; n--) {
      for (int y = output.dim(1) - 1; y >= 0; y--) {
        lowestTap = Math.min(lowestTap, lowestTap(input, output, window, n, y));
        int rowEnd = (n * output.dim(1) + y + 1) * rowBytes;
        if (lowestTap != Integer.MAX_VALUE) {
          distance = Math.max(distance, rowEnd - lowestTap * inputBytes);
        }
      }
    }
    return distance == Integer.MIN_VALUE ? outputTensor.bytes() : distance;
  }

  /**
   * The lowest element of the input that one output row reads; the largest int where it has none.
   */
  private static int lowestTap(Shape input, Shape output, Window window, int n, int y) {
    int row = firstTap(y * window.strideH() - window.padTop(), window.dilationH());
    int lowest = Integer.MAX_VALUE;
    for (int x = 0; x < output.dim(2) && row < input.dim(1); x++) {
      int column = firstTap(x * window.strideW() - window.padLeft(), window.dilationW());
      if (column < input.dim(2)) {
        int pixel = (n * input.dim(1) + row) * input.dim(2) + column;
        lowest = Math.min(lowest, pixel * input.channels());
      }
    }
    return lowest;
  }

  /** The first position of origin, origin + dilation, ... that is not negative. */
  private static int firstTap(int origin, int dilation) {
    return origin >= 0 ? origin : Math.floorMod(origin, dilation);
  }
}
