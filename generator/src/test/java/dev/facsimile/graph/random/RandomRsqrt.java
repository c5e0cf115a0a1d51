// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Unary;

/** Output scale such that the root of one step of the input is near the top of int8. */
final class RandomRsqrt implements RandomOperator {
  @Override
  public String name() {
    return "RSQRT";
  }

  /** Of codes below the zero point TensorFlow Lite takes no root. */
  @Override
  public void begin(RandomNetwork network) {
    int[] dims = network.dims(network.upTo(4));
    network.input(network.logUniform(1e-4, 1e2), Byte.MIN_VALUE, dims);
  }

  @Override
  public boolean fits(GraphChain chain) {
    return chain.lastQuantization().zeroPoint() == Byte.MIN_VALUE
        && RandomOperator.super.fits(chain);
  }

  @Override
  public void append(RandomNetwork network) {
    double step = 1 / Math.sqrt(network.scale());
    float output = (float) (step / 200 * network.logUniform(0.1, 10));
    network.chain().scaled(output, network.zeroPoint()).unary(Unary.Kind.RSQRT);
  }
}
