// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.TensorId;

/** The larger or the smaller of two, of one quantization. */
record RandomChoice(Binary.Kind function) implements RandomBinary {
  /** TensorFlow Lite ends the process where there are six axes. */
  @Override
  public void begin(RandomNetwork network) {
    network.input(network.dims(network.upTo(5)));
  }

  @Override
  public void append(RandomNetwork network) {
    Quantization.PerTensor own = network.chain().lastQuantization();
    TensorId first = network.chain().last();
    network.chain().scaled(own.scale(), own.zeroPoint());
    combine(network, first, network.other(first));
  }
}
