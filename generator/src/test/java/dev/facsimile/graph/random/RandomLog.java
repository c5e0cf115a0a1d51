// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Unary;

final class RandomLog implements RandomOperator {
  @Override
  public String name() {
    return "LOG";
  }

  @Override
  public void append(RandomNetwork network) {
    double largest = Math.abs(Math.log(network.scale())) + 6;
    float output = (float) (largest / 200 * network.logUniform(0.2, 2));
    network.chain().scaled(output, network.zeroPoint()).unary(Unary.Kind.LOG);
  }
}
