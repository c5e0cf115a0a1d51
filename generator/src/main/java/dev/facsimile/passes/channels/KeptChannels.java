// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.facts.ChannelFlow;
import dev.facsimile.facts.ChannelWeights;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Channels that stay. Channels that an operator pairs form a group and stay or go together: a group
 * stays if one of its channels is needed or belongs to an input or output of the graph. Every
 * tensor keeps one channel at least.
 */
final class KeptChannels {
  private final Graph graph;
  private final Map<TensorId, Integer> firstNode = new TreeMap<>();
  private int[] parent = new int[0];
  private final BitSet keptRoots = new BitSet();

  private KeptChannels(Graph graph) {
    this.graph = graph;
  }

  static KeptChannels of(Graph graph, NeededChannels needed) {
    KeptChannels kept = new KeptChannels(graph);
    kept.numberChannels();
    graph.ops().forEach(kept::pairChannelsOf);
    graph.inputs().stream().map(Port::tensor).forEach(kept::keepAll);
    graph.outputs().stream().map(Port::tensor).forEach(kept::keepAll);
    graph.ops().forEach(kept::keepWhatIsMixed);
    kept.forEachActivation(
        (tensor, channel) -> {
          if (needed.isNeeded(tensor, channel)) {
            kept.keep(tensor, channel);
          }
        });
    graph.ops().forEach(kept::keepOneOfEachJoinedConstant);
    kept.keepOneOfEach();
    return kept;
  }

  private void numberChannels() {
    int nodes = 0;
    for (Tensor tensor : graph.tensors()) {
      if (!tensor.isConstant()) {
        firstNode.put(tensor.id(), nodes);
        nodes += tensor.shape().channels();
      }
    }
    parent = IntStream.range(0, nodes).toArray();
  }

  private void pairChannelsOf(Op op) {
    ChannelFlow flow = ChannelFlow.of(graph, op);
    if (flow instanceof ChannelFlow.Weighted weighted && weighted.weights().isDepthwise()) {
      ChannelWeights weights = weighted.weights();
      for (int i = 0; i < weights.size(); i++) {
        join(weights.input(), weights.inputOf(i), op.output(), weights.outputOf(i));
      }
    } else if (flow instanceof ChannelFlow.PerChannel perChannel) {
      for (ChannelFlow.Link link : perChannel.links()) {
        if (!stretches(op, link.operand())) {
          join(link.operand(), link.input(), op.output(), link.output());
        }
      }
    }
  }

  /** Whether the operand's only channel is broadcast: it stays whatever becomes of the others. */
  private boolean stretches(Op op, TensorId operand) {
    return !(op instanceof Reshape || op instanceof Concat)
        && channels(operand) == 1
        && channels(op.output()) > 1;
  }

  private void keepWhatIsMixed(Op op) {
    if (ChannelFlow.of(graph, op) instanceof ChannelFlow.Mixed) {
      op.inputs().forEach(this::keepAll);
      keepAll(op.output());
    }
  }

  /** A constant that is joined to others cannot vanish either: one of its channels stays. */
  private void keepOneOfEachJoinedConstant(Op op) {
    if (op instanceof Concat
        && ChannelFlow.of(graph, op) instanceof ChannelFlow.PerChannel perChannel) {
      for (TensorId operand : op.inputs()) {
        int[] outputs =
            perChannel.links().stream()
                .filter(link -> link.operand().equals(operand))
                .mapToInt(ChannelFlow.Link::output)
                .toArray();
        boolean gone = IntStream.of(outputs).noneMatch(c -> isKept(op.output(), c));
        if (graph.tensor(operand).isConstant() && outputs.length > 0 && gone) {
          keep(op.output(), outputs[0]);
        }
      }
    }
  }

  private void keepOneOfEach() {
    for (TensorId tensor : firstNode.keySet()) {
      if (channelsOf(tensor).length == 0) {
        keep(tensor, 0);
      }
    }
  }

  private void keepAll(TensorId tensor) {
    if (firstNode.containsKey(tensor)) {
      for (int c = 0; c < channels(tensor); c++) {
        keep(tensor, c);
      }
    }
  }

  private void keep(TensorId tensor, int channel) {
    keptRoots.set(root(firstNode.get(tensor) + channel));
  }

  private void join(TensorId a, int channelA, TensorId b, int channelB) {
    if (firstNode.containsKey(a) && firstNode.containsKey(b)) {
      parent[root(firstNode.get(a) + channelA)] = root(firstNode.get(b) + channelB);
    }
  }

  private int root(int node) {
    int current = node;
    while (parent[current] != current) {
      parent[current] = parent[parent[current]];
      current = parent[current];
    }
    return current;
  }

  private int channels(TensorId tensor) {
    return graph.tensor(tensor).shape().channels();
  }

  private void forEachActivation(ChannelVisitor visitor) {
    for (TensorId tensor : firstNode.keySet()) {
      for (int c = 0; c < channels(tensor); c++) {
        visitor.visit(tensor, c);
      }
    }
  }

  /** Meets one channel of one tensor. */
  @FunctionalInterface
  private interface ChannelVisitor {
    void visit(TensorId tensor, int channel);
  }

  /** Of a constant that is read as an activation all channels stay. */
  boolean isKept(TensorId activation, int channel) {
    return !firstNode.containsKey(activation)
        || keptRoots.get(root(firstNode.get(activation) + channel));
  }

  /** Indices of the channels of an activation that stay, ascending. */
  int[] channelsOf(TensorId activation) {
    return IntStream.range(0, channels(activation)).filter(c -> isKept(activation, c)).toArray();
  }
}
