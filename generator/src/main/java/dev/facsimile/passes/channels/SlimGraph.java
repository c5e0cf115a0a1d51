// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.facts.ChannelFlow;
import dev.facsimile.facts.ChannelFlow.Link;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the graph again with the channels that stay. */
final class SlimGraph {
  private final Graph graph;
  private final ConstantChannels constants;
  private final NeededChannels needed;
  private final KeptChannels kept;
  private final Map<TensorId, Tensor> tensors = new TreeMap<>();
  private int nextId;
  private boolean changed;

  SlimGraph(Graph graph, ConstantChannels constants, NeededChannels needed, KeptChannels kept) {
    this.graph = graph;
    this.constants = constants;
    this.needed = needed;
    this.kept = kept;
    this.nextId = graph.nextTensorId().value();
  }

  /** Empty where every channel stays and no constant was folded. */
  Optional<Graph> build() {
    for (Tensor tensor : graph.tensors()) {
      if (!tensor.isConstant()) {
        slimActivation(tensor);
      }
    }
    List<Op> ops = new ArrayList<>();
    for (Op op : graph.ops()) {
      ops.add(slimConstants(op));
    }
    return changed
        ? Optional.of(graph.withTensors(tensors.values()).withOps(ops).withoutUnusedTensors())
        : Optional.empty();
  }

  private void slimActivation(Tensor tensor) {
    int[] channels = kept.channelsOf(tensor.id());
    if (channels.length < tensor.shape().channels()) {
      changed = true;
      tensors.put(tensor.id(), tensor.withShape(withChannels(tensor.shape(), channels.length)));
    }
  }

  private static Shape withChannels(Shape shape, int channels) {
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.set(dims.size() - 1, channels);
    return new Shape(dims);
  }

  private Op slimConstants(Op op) {
    ChannelFlow flow = ChannelFlow.of(graph, op);
    if (flow instanceof ChannelFlow.Weighted weighted) {
      SlimWeights slim =
          new SlimWeights(graph, weighted.weights(), constants, needed, kept, op.output());
      Map<TensorId, TensorId> renamed = new TreeMap<>();
      slim.filter().ifPresent(filter -> renamed.put(filter.id(), add(filter)));
      slim.bias().ifPresent(bias -> renamed.put(bias.id(), add(bias)));
      Op slimmed = op.withTensors(id -> renamed.getOrDefault(id, id));
      return slim.newBias().map(bias -> Biased.with(slimmed, add(bias))).orElse(slimmed);
    }
    if (flow instanceof ChannelFlow.PerChannel perChannel) {
      return slimOperands(op, perChannel);
    }
    return op;
  }

  private Op slimOperands(Op op, ChannelFlow.PerChannel flow) {
    Map<TensorId, TreeSet<Integer>> read = new TreeMap<>();
    for (Link link : flow.links()) {
      if (graph.tensor(link.operand()).isConstant() && kept.isKept(op.output(), link.output())) {
        read.computeIfAbsent(link.operand(), id -> new TreeSet<>()).add(link.input());
      }
    }
    Map<TensorId, TensorId> renamed = new TreeMap<>();
    read.forEach(
        (operand, channels) -> {
          Tensor tensor = graph.tensor(operand);
          if (channels.size() < tensor.shape().channels()) {
            int axis = tensor.shape().rank() - 1;
            renamed.put(operand, add(Slices.along(tensor, axis, List.copyOf(channels))));
          }
        });
    return op.withTensors(id -> renamed.getOrDefault(id, id));
  }

  private TensorId add(Tensor tensor) {
    changed = true;
    TensorId id = new TensorId(nextId++);
    tensors.put(id, tensor.withId(id));
    return id;
  }
}
