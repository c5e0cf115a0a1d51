// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;

/** Appends operators of one kind, with random parameters, to networks of integers. */
interface RandomOperator {
  /** The operator as TensorFlow Lite spells it. */
  String name();

  /** The input of a network that has this operator alone: one to four axes. */
  default void begin(RandomNetwork network) {
    network.input(network.dims(network.upTo(4)));
  }

  /** Whether the operator can follow on what is there. */
  default boolean fits(GraphChain chain) {
    return chain.shape().rank() > 0 && chain.shape().elements() < 20_000;
  }

  void append(RandomNetwork network);
}
