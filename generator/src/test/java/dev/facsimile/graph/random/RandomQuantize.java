// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

/** From int8 to int8 of another scale. */
final class RandomQuantize implements RandomOperator {
  @Override
  public String name() {
    return "QUANTIZE";
  }

  @Override
  public void append(RandomNetwork network) {
    float output = network.rescale();
    network.chain().quantize(output, network.zeroPoint());
  }
}
