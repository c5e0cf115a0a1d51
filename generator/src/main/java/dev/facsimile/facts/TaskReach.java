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
import java.util.List;

/**
 * Which tasks a tensor's values can change, computed backwards from the output channels of the
 * tasks. Followed channel by channel along the innermost axis: a depthwise convolution keeps
 * channels apart, and a weight that is exactly zero connects nothing. Constants are reached too:
 * the weights of a head belong to the head's tasks.
 */
public final class TaskReach {
  private final List<Task> tasks;
  private final Graph graph;
  private final ChannelReach reach;

  private TaskReach(List<Task> tasks, Graph graph, ChannelReach reach) {
    this.tasks = tasks;
    this.graph = graph;
    this.reach = reach;
  }

  public static TaskReach of(Network network) {
    Graph graph = network.graph();
    ChannelReach reach = new ChannelReach(graph);
    graph.tensors().forEach(tensor -> reach.of(tensor.id()));
    for (int index = 0; index < network.tasks().size(); index++) {
      Task task = network.tasks().get(index);
      for (Port port : graph.outputs()) {
        if (port.name().equals(task.output())) {
          BitSet[] channels = reach.of(port.tensor());
          for (int c = task.channel(); c < task.channel() + task.channels(); c++) {
            channels[c].set(index);
          }
        }
      }
    }
    for (int step = graph.ops().size() - 1; step >= 0; step--) {
      reach.spreadThrough(graph.ops().get(step));
    }
    return new TaskReach(network.tasks(), graph, reach);
  }

  /** The tasks that read any channel of this tensor, in the network's order. */
  public List<Task> tasks(TensorId tensor) {
    return named(reach.union(tensor));
  }

  /** The tasks that read channel {@code channel} (innermost axis), in the network's order. */
  public List<Task> tasks(TensorId tensor, int channel) {
    return named(reach.of(tensor)[channel]);
  }

  /** Whether one task alone reads this tensor. */
  public boolean isPrivate(TensorId tensor) {
    return tasks(tensor).size() == 1;
  }

  /** Activations that this task alone reads, in the order in which they are written. */
  public List<TensorId> privateActivations(Task task) {
    List<TensorId> found = new ArrayList<>();
    for (Op op : graph.ops()) {
      if (tasks(op.output()).equals(List.of(task))) {
        found.add(op.output());
      }
    }
    return found;
  }

  private List<Task> named(BitSet indices) {
    return indices.stream().mapToObj(tasks::get).toList();
  }
}
