// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.TensorId;

/** TensorFlow Lite's kernel wants outputs coarser than a 2^12th of the larger scale's square. */
final class RandomSquaredDifference implements RandomBinary {
  @Override
  public Binary.Kind function() {
    return Binary.Kind.SQUARED_DIFFERENCE;
  }

  @Override
  public boolean fits(GraphChain chain) {
    return Math.abs(Math.log(chain.lastQuantization().scale())) < 2
        && RandomBinary.super.fits(chain);
  }

  @Override
  public void append(RandomNetwork network) {
    Quantization.PerTensor own = network.chain().lastQuantization();
    TensorId first = network.chain().last();
    network.chain().scaled(own.scale() * network.logUniform(0.02, 50), network.zeroPoint());
    TensorId second = network.other(first);
    float larger = Math.max(own.scale(), network.chain().quantization(second).scale());
    network.chain().scaled(larger * larger * network.logUniform(5e-4, 500), network.zeroPoint());
    combine(network, first, second);
  }
}
