// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Lstm;

final class RandomLstm implements RandomOperator {
  @Override
  public String name() {
    return "UNIDIRECTIONAL_SEQUENCE_LSTM";
  }

  @Override
  public void begin(RandomNetwork network) {
    network.input(network.dims(3));
  }

  @Override
  public boolean fits(GraphChain chain) {
    return chain.shape().rank() == 3 && chain.shape().elements() < 2_000;
  }

  @Override
  public void append(RandomNetwork network) {
    int cells = network.upTo(17);
    float clip = network.random().nextBoolean() ? 0 : network.logUniform(0.05, 100);
    int bits = network.random().nextInt(Lstm.MOST_CELL_BITS + 1);
    boolean timeMajor = network.random().nextBoolean();
    network
        .chain()
        .scaled(network.logUniform(0.0005, 0.1), network.zeroPoint())
        .weightSpread(network.logUniform(0.05, 10))
        .lstm(cells, clip, bits, timeMajor);
  }
}
