// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Window;

final class RandomDepthwiseConv2d implements RandomImageOperator {
  @Override
  public String name() {
    return "DEPTHWISE_CONV_2D";
  }

  @Override
  public void append(RandomNetwork network) {
    Window window = network.convolution();
    network.weighted().depthwiseConv2d(network.upTo(3), window, network.activation());
  }
}
