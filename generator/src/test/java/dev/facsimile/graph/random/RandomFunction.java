// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Unary;

/** A function of one tensor, to any scale where its output has not one of its own. */
record RandomFunction(Unary.Kind function) implements RandomOperator {
  @Override
  public String name() {
    return function.name();
  }

  @Override
  public void append(RandomNetwork network) {
    network.rescaled().unary(function);
  }
}
