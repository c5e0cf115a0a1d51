// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;

final class RandomConcat implements RandomOperator {
  @Override
  public String name() {
    return "CONCATENATION";
  }

  @Override
  public void append(RandomNetwork network) {
    GraphChain chain = network.chain();
    TensorId first = chain.last();
    Quantization.PerTensor quantization = chain.lastQuantization();
    int axis = network.random().nextInt(chain.shape().rank());
    List<TensorId> others = new ArrayList<>();
    for (int count = network.upTo(3); count > 0; count--) {
      int[] dims = chain.shape().toArray();
      dims[axis] = network.upTo(5);
      chain.from(first).scaled(quantization.scale(), quantization.zeroPoint());
      others.add(chain.randomConstant(dims));
    }
    if (network.oneIn(2)) {
      others.add(first);
    }
    chain.from(first).concat(axis, others.toArray(TensorId[]::new));
  }
}
