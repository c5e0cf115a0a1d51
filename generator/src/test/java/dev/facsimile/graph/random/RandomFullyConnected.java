// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;

final class RandomFullyConnected implements RandomOperator {
  @Override
  public String name() {
    return "FULLY_CONNECTED";
  }

  @Override
  public boolean fits(GraphChain chain) {
    return chain.shape().rank() > 1;
  }

  @Override
  public void append(RandomNetwork network) {
    network.weighted();
    int channels = network.upTo(17);
    if (network.random().nextBoolean()) {
      network.chain().fullyConnected(channels, network.activation());
    } else {
      network.chain().fullyConnectedPerChannel(channels, network.activation());
    }
  }
}
