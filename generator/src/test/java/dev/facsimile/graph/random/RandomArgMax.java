// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;

/** Along any axis; what follows reads the input again, for indices are nothing to compute with. */
record RandomArgMax(ArgMax.Kind function) implements RandomOperator {
  @Override
  public String name() {
    return function.name();
  }

  @Override
  public void append(RandomNetwork network) {
    GraphChain chain = network.chain();
    TensorId input = chain.last();
    chain.argMax(function, network.random().nextInt(chain.shape().rank()));
    chain.output("index" + chain.last().value()).from(input);
  }
}
