// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;

/** An operator on images of up to 17 x 17 pixels. */
interface RandomImageOperator extends RandomOperator {
  @Override
  default void begin(RandomNetwork network) {
    network.input(network.image());
  }

  @Override
  default boolean fits(GraphChain chain) {
    return chain.shape().rank() == 4;
  }
}
