// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tasks a tensor's values can change, computed backwards from the output channels of the
 * tasks. Followed channel by channel along the innermost axis: a depthwise convolution keeps
 * channels apart, and a weight that is exactly zero connects nothing. Constants are reached too:
 * the weights of a head belong to the head's tasks.
 */
public final class TaskReach {
  private final List<Task> tasks;
  private final Graph graph;
  private final Map<TensorId, BitSet[]> reach;

  private TaskReach(List<Task> tasks, Graph graph, Map<TensorId, BitSet[]> reach) {
    this.tasks = tasks;
    this.graph = graph;
    this.reach = reach;
  }

  public static TaskReach of(Network network) {
    Graph graph = network.graph();
    Map<TensorId, BitSet[]> reach = new TreeMap<>();
    for (int index = 0; index < network.tasks().size(); index++) {
      Task task = network.tasks().get(index);
      for (Port port : graph.outputs()) {
        if (port.name().equals(task.output())) {
          BitSet[] channels = channelsOf(reach, graph, port.tensor());
          for (int c = task.channel(); c < task.channel() + task.channels(); c++) {
            channels[c].set(index);
          }
        }
      }
    }
    for (int step = graph.ops().size() - 1; step >= 0; step--) {
      Op op = graph.ops().get(step);
      BitSet[] output = channelsOf(reach, graph, op.output());
      for (Map.Entry<TensorId, BitSet[]> operand :
          op.accept(new ChannelReach(graph, output)).entrySet()) {
        BitSet[] known = channelsOf(reach, graph, operand.getKey());
        for (int c = 0; c < known.length; c++) {
          known[c].or(operand.getValue()[c]);
        }
      }
    }
    return new TaskReach(network.tasks(), graph, reach);
  }

  private static BitSet[] channelsOf(Map<TensorId, BitSet[]> reach, Graph graph, TensorId id) {
    return reach.computeIfAbsent(
        id, tensor -> ChannelReach.empty(graph.tensor(tensor).shape().channels()));
  }

  /** The tasks that read any channel of this tensor, in the network's order. */
  public List<Task> tasks(TensorId tensor) {
    return named(union(reach.getOrDefault(tensor, new BitSet[0])));
  }

  /** The tasks that read channel {@code channel} (innermost axis), in the network's order. */
  public List<Task> tasks(TensorId tensor, int channel) {
    BitSet[] channels = reach.get(tensor);
    return channels == null ? List.of() : named(channels[channel]);
  }

  /** Whether one task alone reads this tensor. */
  public boolean isPrivate(TensorId tensor) {
    return tasks(tensor).size() == 1;
  }

  /** Activations that this task alone reads, in the order in which they are written. */
  public List<TensorId> privateActivations(Task task) {
    List<TensorId> found = new ArrayList<>();
    Collection<TensorId> written = graph.ops().stream().map(Op::output).toList();
    for (TensorId tensor : written) {
      if (tasks(tensor).equals(List.of(task))) {
        found.add(tensor);
      }
    }
    return found;
  }

  private static BitSet union(BitSet[] channels) {
    BitSet all = new BitSet();
    for (BitSet channel : channels) {
      all.or(channel);
    }
    return all;
  }

  private List<Task> named(BitSet indices) {
    return indices.stream().mapToObj(tasks::get).toList();
  }
}
