// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Pool2d;

record RandomPool(Pool2d.Kind function) implements RandomImageOperator {
  @Override
  public String name() {
    return function.name();
  }

  @Override
  public void append(RandomNetwork network) {
    network.chain().pool(function, network.pooling(), network.activation());
  }
}
