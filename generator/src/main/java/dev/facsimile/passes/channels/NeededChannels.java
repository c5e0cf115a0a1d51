// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.facts.ChannelFlow;
import dev.facsimile.facts.ChannelWeights;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.TensorId;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** Channels whose values an output of the graph depends on, constants folded where they can be. */
final class NeededChannels {
  private final Graph graph;
  private final ConstantChannels constants;
  private final Map<TensorId, BitSet> needed = new TreeMap<>();

  private NeededChannels(Graph graph, ConstantChannels constants) {
    this.graph = graph;
    this.constants = constants;
  }

  static NeededChannels of(Graph graph, ConstantChannels constants) {
    NeededChannels channels = new NeededChannels(graph, constants);
    for (Port output : graph.outputs()) {
      channels.needAll(output.tensor());
    }
    for (int step = graph.ops().size() - 1; step >= 0; step--) {
      channels.needOperandsOf(graph.ops().get(step));
    }
    return channels;
  }

  private void needOperandsOf(Op op) {
    BitSet output = set(op.output());
    ChannelFlow flow = ChannelFlow.of(graph, op);
    if (flow instanceof ChannelFlow.Weighted weighted) {
      ChannelWeights weights = weighted.weights();
      for (int i = 0; i < weights.size(); i++) {
        if (weights.value(i) != 0
            && output.get(weights.outputOf(i))
            && !constants.isFoldable(weights, weights.inputOf(i))) {
          set(weights.input()).set(weights.inputOf(i));
        }
      }
    } else if (flow instanceof ChannelFlow.PerChannel perChannel) {
      for (ChannelFlow.Link link : perChannel.links()) {
        if (output.get(link.output())) {
          set(link.operand()).set(link.input());
        }
      }
    } else if (!output.isEmpty()) {
      op.inputs().forEach(this::needAll);
    }
  }

  private void needAll(TensorId tensor) {
    set(tensor).set(0, graph.tensor(tensor).shape().channels());
  }

  private BitSet set(TensorId tensor) {
    return needed.computeIfAbsent(tensor, id -> new BitSet());
  }

  boolean isNeeded(TensorId tensor, int channel) {
    return set(tensor).get(channel);
  }
}
