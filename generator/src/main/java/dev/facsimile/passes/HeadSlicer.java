// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.ChannelFlow;
import dev.facsimile.facts.ChannelFlow.Link;
import dev.facsimile.facts.ChannelWeights;
import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.passes.channels.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Computes some channels of a tensor apart from the others: copies the operators back to the one
 * with weights, and takes of its weights what the channels need.
 */
final class HeadSlicer {
  private final Graph graph;
  private final Port port;
  private final Consumers consumers;
  private final List<Op> newOps = new ArrayList<>();
  private final List<Tensor> newTensors = new ArrayList<>();
  private int nextId;

  HeadSlicer(Graph graph, Port port) {
    this.graph = graph;
    this.port = port;
    this.consumers = Consumers.of(graph);
    this.nextId = graph.nextTensorId().value();
  }

  /** Operators that compute the slices, in an order in which they can run. */
  List<Op> newOps() {
    return newOps;
  }

  List<Tensor> newTensors() {
    return newTensors;
  }

  /**
   * Whether these channels can be computed apart.
   *
   * @param channels ascending
   */
  boolean canSlice(TensorId tensor, List<Integer> channels) {
    Op producer = consumers.producer(tensor).orElse(null);
    boolean isOwn = tensor.equals(port.tensor()) ? isOnlyAPort(tensor) : isOnlyRead(tensor);
    if (producer == null || !isOwn) {
      return false;
    }
    if (isWhole(tensor, channels)) {
      return true;
    }
    ChannelFlow flow = ChannelFlow.of(graph, producer);
    if (flow instanceof ChannelFlow.Weighted weighted) {
      return !weighted.weights().isDepthwise();
    }
    return flow instanceof ChannelFlow.PerChannel perChannel
        && keepsChannelsInOrder(producer)
        && needs(perChannel, channels).entrySet().stream()
            .allMatch(
                need ->
                    graph.tensor(need.getKey()).isConstant()
                        || canSlice(need.getKey(), List.copyOf(need.getValue())));
  }

  private boolean isOnlyAPort(TensorId tensor) {
    long ports = graph.outputs().stream().filter(p -> p.tensor().equals(tensor)).count();
    return ports == 1 && consumers.consumers(tensor).isEmpty();
  }

  private boolean isOnlyRead(TensorId tensor) {
    return consumers.hasOneConsumer(tensor);
  }

  private boolean isWhole(TensorId tensor, List<Integer> channels) {
    return channels.size() == graph.tensor(tensor).shape().channels();
  }

  /** A RESHAPE that regroups channels would put others beside the chosen ones. */
  private boolean keepsChannelsInOrder(Op op) {
    return !(op instanceof Reshape)
        || graph.tensor(op.inputs().get(0)).shape().channels()
            == graph.tensor(op.output()).shape().channels();
  }

  private static Map<TensorId, Set<Integer>> needs(
      ChannelFlow.PerChannel flow, List<Integer> channels) {
    Map<TensorId, Set<Integer>> needs = new TreeMap<>();
    for (Link link : flow.links()) {
      if (channels.contains(link.output())) {
        needs.computeIfAbsent(link.operand(), id -> new TreeSet<>()).add(link.input());
      }
    }
    return needs;
  }

  /** The tensor that holds these channels, ascending, and no others. */
  TensorId slice(TensorId tensor, List<Integer> channels) {
    if (isWhole(tensor, channels)) {
      return tensor;
    }
    Op producer = consumers.producer(tensor).orElseThrow();
    ChannelFlow flow = ChannelFlow.of(graph, producer);
    return flow instanceof ChannelFlow.Weighted weighted
        ? sliceWeighted(producer, weighted.weights(), channels)
        : slicePerChannel(producer, (ChannelFlow.PerChannel) flow, channels);
  }

  private TensorId sliceWeighted(Op op, ChannelWeights weights, List<Integer> channels) {
    TensorId filter = add(Slices.along(graph.tensor(weights.filter()), 0, channels));
    Optional<TensorId> bias =
        weights
            .bias()
            .map(graph::tensor)
            .map(old -> add(Slices.along(old, old.shape().rank() - 1, channels)));
    TensorId output = add(narrowed(graph.tensor(op.output()), channels));
    Map<TensorId, TensorId> renamed = new TreeMap<>(Map.of(op.output(), output));
    renamed.put(weights.filter(), filter);
    bias.ifPresent(id -> renamed.put(weights.bias().orElseThrow(), id));
    newOps.add(op.withTensors(id -> renamed.getOrDefault(id, id)));
    return output;
  }

  private TensorId slicePerChannel(Op op, ChannelFlow.PerChannel flow, List<Integer> channels) {
    Map<TensorId, TensorId> renamed = new TreeMap<>();
    needs(flow, channels)
        .forEach((operand, need) -> renamed.put(operand, operand(operand, List.copyOf(need))));
    if (op instanceof Concat concat) {
      List<TensorId> operands =
          concat.inputs().stream().filter(renamed::containsKey).map(renamed::get).toList();
      if (operands.size() == 1) {
        return operands.get(0);
      }
      TensorId output = add(narrowed(graph.tensor(op.output()), channels));
      newOps.add(new Concat(operands, output, concat.axis(), concat.activation()));
      return output;
    }
    renamed.put(op.output(), add(narrowed(graph.tensor(op.output()), channels)));
    newOps.add(op.withTensors(id -> renamed.getOrDefault(id, id)));
    return renamed.get(op.output());
  }

  private TensorId operand(TensorId operand, List<Integer> channels) {
    Tensor tensor = graph.tensor(operand);
    if (!tensor.isConstant()) {
      return slice(operand, channels);
    }
    return channels.size() == tensor.shape().channels()
        ? operand
        : add(Slices.along(tensor, tensor.shape().rank() - 1, channels));
  }

  private static Tensor narrowed(Tensor tensor, List<Integer> channels) {
    List<Integer> dims = new ArrayList<>(tensor.shape().dims());
    dims.set(dims.size() - 1, channels.size());

    return tensor.withShape(new Shape(dims)).withName(tensor.name() + channels);
  }

  private TensorId add(Tensor tensor) {
    TensorId id = new TensorId(nextId++);
    newTensors.add(tensor.withId(id));
    return id;
  }
}
