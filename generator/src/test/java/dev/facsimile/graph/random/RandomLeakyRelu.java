// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Unary;

final class RandomLeakyRelu implements RandomOperator {
  @Override
  public String name() {
    return "LEAKY_RELU";
  }

  @Override
  public void append(RandomNetwork network) {
    float alpha = 2 * network.random().nextFloat() - 0.5f;
    network.rescaled().unary(Unary.Kind.LEAKY_RELU, alpha);
  }
}
