// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Resize;

record RandomResize(Resize.Kind function) implements RandomImageOperator {
  @Override
  public String name() {
    return function.name();
  }

  @Override
  public boolean fits(GraphChain chain) {
    return RandomImageOperator.super.fits(chain) && chain.shape().elements() < 20_000;
  }

  @Override
  public void append(RandomNetwork network) {
    boolean half = network.random().nextBoolean();
    boolean both = half && function == Resize.Kind.RESIZE_BILINEAR;
    boolean align = network.random().nextBoolean() && !both;
    int height = network.upTo(network.oneIn(8) ? 60 : 17);
    network.chain().resize(function, height, network.upTo(17), align, half);
  }
}
