// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

final class RandomSoftmax implements RandomOperator {
  @Override
  public String name() {
    return "SOFTMAX";
  }

  @Override
  public void append(RandomNetwork network) {
    network.chain().softmax(network.logUniform(0.1, 4));
  }
}
