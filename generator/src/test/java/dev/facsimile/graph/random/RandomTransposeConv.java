// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Window;

final class RandomTransposeConv implements RandomImageOperator {
  @Override
  public String name() {
    return "TRANSPOSE_CONV";
  }

  @Override
  public boolean fits(GraphChain chain) {
    return RandomImageOperator.super.fits(chain) && chain.shape().elements() < 20_000;
  }

  @Override
  public void append(RandomNetwork network) {
    int height = network.chain().shape().dim(1);
    int width = network.chain().shape().dim(2);
    boolean same = network.random().nextBoolean();
    int kh = network.upTo(5);
    int kw = network.upTo(5);
    int sh = network.upTo(3);
    int sw = network.upTo(3);
    // Of the sizes that shrink to the input, any: what is beyond the last window stays bias.
    int outputH = (height - 1) * sh + (same ? 1 : kh) + network.random().nextInt(sh);
    int outputW = (width - 1) * sw + (same ? 1 : kw) + network.random().nextInt(sw);
    Window window =
        same
            ? Window.same(outputH, outputW, kh, kw, sh, sw, 1, 1)
            : Window.valid(kh, kw, sh, sw, 1, 1);
    network
        .weighted()
        .transposeConv(network.upTo(9), window, outputH, outputW, network.activation());
  }
}
