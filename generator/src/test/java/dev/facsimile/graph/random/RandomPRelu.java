// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Shape;

final class RandomPRelu implements RandomOperator {
  @Override
  public String name() {
    return "PRELU";
  }

  @Override
  public void append(RandomNetwork network) {
    network.rescaled().prelu(slopes(network));
  }

  /** The last shape with some axes 1, or one slope a channel. */
  private static int[] slopes(RandomNetwork network) {
    Shape shape = network.chain().shape();
    int[] dims = network.oneIn(2) ? shape.toArray() : new int[] {shape.channels()};
    for (int axis = 0; axis < dims.length - 1; axis++) {
      dims[axis] = network.oneIn(2) ? 1 : dims[axis];
    }
    dims[dims.length - 1] = network.oneIn(3) ? 1 : shape.channels();
    return dims;
  }
}
