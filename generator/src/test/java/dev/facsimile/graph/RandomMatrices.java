// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.Random;

/** Appends products of matrices with random parameters to a chain. */
public final class RandomMatrices {
  private final Random random;
  private final GraphChain chain;

  public RandomMatrices(Random random, GraphChain chain) {
    this.random = random;
    this.chain = chain;
  }

  /**
   * The last tensor, of two axes or more, times a matrix that fits, a constant or another input.
   *
   * @param output the product's quantization where the chain is one of integers
   */
  public void batchMatMul(Quantization.PerTensor output, float otherScale, int otherZeroPoint) {
    TensorId first = chain.last();
    Shape shape = chain.shape();
    boolean adjointA = random.nextBoolean();
    boolean adjointB = random.nextBoolean();
    int dropped = random.nextInt(shape.rank() - 1);
    int[] dims = new int[shape.rank() - dropped];
    for (int axis = 0; axis < dims.length - 2; axis++) {
      int dim = shape.dim(axis + dropped);
      // TensorFlow Lite 2.19 gives no defined result where a transposed left side meets a repeated
      // right one.
      boolean repeated = !adjointA && random.nextInt(3) == 0;
      dims[axis] = dim == 1 ? 1 + random.nextInt(3) : repeated ? 1 : dim;
    }
    int columns = 1 + random.nextInt(9);
    int depth = shape.dim(adjointA ? -2 : -1);
    dims[dims.length - 2] = adjointB ? columns : depth;
    dims[dims.length - 1] = adjointB ? depth : columns;
    TensorId other;
    if (output == null) {
      other = random.nextBoolean() ? chain.randomConstant(dims) : chain.input("other", dims).last();
    } else {
      chain.scaled(otherScale, otherZeroPoint);
      other =
          random.nextBoolean() ? chain.randomConstant(dims) : chain.sibling("other", dims).last();
      chain.scaled(output.scale(), output.zeroPoint());
    }
    chain.from(first).batchMatMul(other, adjointA, adjointB);
  }
}
