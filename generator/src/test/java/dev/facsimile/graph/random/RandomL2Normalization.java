// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

final class RandomL2Normalization implements RandomOperator {
  @Override
  public String name() {
    return "L2_NORMALIZATION";
  }

  @Override
  public void append(RandomNetwork network) {
    network.chain().l2Normalization();
  }
}
