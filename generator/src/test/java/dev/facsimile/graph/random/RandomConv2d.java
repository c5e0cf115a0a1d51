// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Window;

final class RandomConv2d implements RandomImageOperator {
  @Override
  public String name() {
    return "CONV_2D";
  }

  @Override
  public void append(RandomNetwork network) {
    Window window = network.convolution();
    network.weighted();
    int channels = network.upTo(17);
    if (network.oneIn(4)) {
      network.chain().conv2dWithoutBias(channels, window, network.activation());
    } else {
      network.chain().conv2d(channels, window, network.activation());
    }
  }
}
