// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.RandomMoves;
import java.util.function.Consumer;

/** An operator that only moves elements. */
record RandomMove(String name, Consumer<RandomMoves> move) implements RandomOperator {
  @Override
  public void append(RandomNetwork network) {
    move.accept(new RandomMoves(network.random(), network.chain()));
  }
}
