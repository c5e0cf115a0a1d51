// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.TensorId;

/** An operator of two operands, the second a constant, another input or the first again. */
interface RandomBinary extends RandomOperator {
  Binary.Kind function();

  @Override
  default void begin(RandomNetwork network) {
    network.inputOfManyAxes();
  }

  @Override
  default String name() {
    return function().name();
  }

  /** Appends the operator with its operands in either order. */
  default void combine(RandomNetwork network, TensorId first, TensorId second) {
    boolean swapped = network.random().nextBoolean();
    Activation activation = function().carriesActivation() ? network.activation() : Activation.NONE;
    network
        .chain()
        .from(swapped ? second : first)
        .binary(function(), swapped ? first : second, activation);
  }
}
