// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Reduce;

record RandomReduce(Reduce.Kind function) implements RandomOperator {
  @Override
  public String name() {
    return function.name();
  }

  @Override
  public void begin(RandomNetwork network) {
    network.inputOfManyAxes();
  }

  @Override
  public boolean fits(GraphChain chain) {
    return chain.shape().rank() > 1;
  }

  @Override
  public void append(RandomNetwork network) {
    GraphChain chain = function.selects() ? network.chain() : network.rescaled();
    chain.reduce(function, network.random().nextBoolean(), network.axes());
  }
}
