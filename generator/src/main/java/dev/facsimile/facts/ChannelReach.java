// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.TensorId;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sets a channel of each tensor, spread backwards: what reads an output channel reads the operand
 * channels it depends on. A weight that is exactly zero connects nothing.
 */
final class ChannelReach {
  private final Graph graph;
  private final Map<TensorId, BitSet[]> sets = new TreeMap<>();

  ChannelReach(Graph graph) {
    this.graph = graph;
  }

  /** One set a channel, to be added to. */
  BitSet[] of(TensorId tensor) {
    return sets.computeIfAbsent(tensor, id -> empty(graph.tensor(id).shape().channels()));
  }

  /** All sets of the tensor joined. */
  BitSet union(TensorId tensor) {
    BitSet all = new BitSet();
    for (BitSet channel : of(tensor)) {
      all.or(channel);
    }
    return all;
  }

  void spreadThrough(Op op) {
    BitSet[] output = of(op.output());
    ChannelFlow flow = ChannelFlow.of(graph, op);
    if (flow instanceof ChannelFlow.Weighted weighted) {
      spreadThrough(weighted.weights(), output, union(op.output()));
    } else if (flow instanceof ChannelFlow.PerChannel perChannel) {
      for (ChannelFlow.Link link : perChannel.links()) {
        of(link.operand())[link.input()].or(output[link.output()]);
      }
    } else {
      op.inputs().forEach(operand -> addToAll(operand, union(op.output())));
    }
  }

  private void spreadThrough(ChannelWeights weights, BitSet[] output, BitSet all) {
    BitSet[] input = of(weights.input());
    for (int i = 0; i < weights.size(); i++) {
      if (weights.value(i) != 0) {
        input[weights.inputOf(i)].or(output[weights.outputOf(i)]);
      }
    }
    addToAll(weights.filter(), all);
    weights.bias().ifPresent(bias -> addToAll(bias, all));
  }

  private void addToAll(TensorId tensor, BitSet set) {
    for (BitSet channel : of(tensor)) {
      channel.or(set);
    }
  }

  private static BitSet[] empty(int channels) {
    BitSet[] sets = new BitSet[channels];
    for (int c = 0; c < channels; c++) {
      sets[c] = new BitSet();
    }
    return sets;
  }
}
