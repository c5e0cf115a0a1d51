// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Unary;

/** Output scale such that the largest value is near the top of int8. */
final class RandomExp implements RandomOperator {
  @Override
  public String name() {
    return "EXP";
  }

  @Override
  public void begin(RandomNetwork network) {
    int[] dims = network.dims(network.upTo(4));
    network.input(network.logUniform(1e-4, 3e-2), network.zeroPoint(), dims);
  }

  /** Its values leave int32 for the scales that chains have. */
  @Override
  public boolean fits(GraphChain chain) {
    return false;
  }

  @Override
  public void append(RandomNetwork network) {
    Quantization.PerTensor input = network.chain().lastQuantization();
    double largest = Math.exp((127 - input.zeroPoint()) * (double) input.scale());
    float output = (float) (largest / 200 * network.logUniform(0.5, 2));
    network.chain().scaled(output, network.zeroPoint()).unary(Unary.Kind.EXP);
  }
}
