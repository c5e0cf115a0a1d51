// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Gives tasks that share an output tensor a tensor and an output port of their own, so that each
 * can have its own scale. Float networks only.
 *
 * <pre>
 *   y = FULLY_CONNECTED(x, w, b)     y0 = FULLY_CONNECTED(x, w[0], b[0])    out logits/AU01
 *   out logits: [1x3]           -&gt;   y1 = FULLY_CONNECTED(x, w[1], b[1])    out logits/AU02
 *                                    y2 = FULLY_CONNECTED(x, w[2], b[2])    out logits/AU04
 * </pre>
 *
 * <p>Between the operator with weights and the port may stand operators that keep channels apart
 * (LOGISTIC, RESHAPE that keeps the innermost axis, CONCATENATION of heads, arithmetic with
 * constants, pools). A softmax is never split: where it feeds a concatenation, its channels come
 * out whole or the output stays as it is. Channels of no chosen task stay together under the old
 * name. The caller decides which tasks it pays for.
 *
 * <p>Preserves: bit-exact output of every task. Changes ports: tasks point to the new ones.
 */
public final class SplitTaskHeads {
  private final Function<List<Task>, List<List<Task>>> grouping;

  private SplitTaskHeads(Function<List<Task>, List<List<Task>>> grouping) {
    this.grouping = grouping;
  }

  /** Splits off each task that the predicate chooses. */
  public static SplitTaskHeads each(Predicate<Task> chosen) {
    return new SplitTaskHeads(
        tasks -> tasks.stream().filter(chosen).map(task -> List.of(task)).toList());
  }

  /**
   * Splits off groups of tasks, each of which shares a tensor.
   *
   * @param groups names of tasks; of a group that spans several outputs each part is a group
   */
  public static SplitTaskHeads groups(List<List<String>> groups) {
    return new SplitTaskHeads(
        tasks ->
            groups.stream()
                .map(names -> tasks.stream().filter(t -> names.contains(t.name())).toList())
                .filter(group -> !group.isEmpty())
                .toList());
  }

  /** The network with split outputs, or empty where none could be split. */
  public Optional<Network> apply(Network network) {
    Network current = network;
    for (Port port : network.graph().outputs()) {
      current = split(current, port).orElse(current);
    }
    return current.equals(network) ? Optional.empty() : Optional.of(current);
  }

  private Optional<Network> split(Network network, Port port) {
    List<Task> tasks =
        network.tasks().stream().filter(task -> task.output().equals(port.name())).toList();
    List<Part> parts = parts(network, port, tasks);
    Graph graph = network.graph();
    if (parts.size() < 2 || graph.tensor(port.tensor()).type() != DType.FLOAT32) {
      return Optional.empty();
    }
    HeadSlicer slicer = new HeadSlicer(graph, port);
    if (!parts.stream().allMatch(part -> slicer.canSlice(port.tensor(), part.channels()))) {
      return Optional.empty();
    }
    List<Port> ports =
        parts.stream()
            .map(part -> new Port(part.name(), slicer.slice(port.tensor(), part.channels())))
            .toList();
    return Optional.of(
        network
            .withGraph(rebuilt(graph, port, slicer, ports))
            .withTasks(moved(network, port, parts)));
  }

  /** Channels that become a tensor of their own, ascending, and the tasks they belong to. */
  private record Part(String name, List<Integer> channels, List<Task> tasks) {}

  private List<Part> parts(Network network, Port port, List<Task> tasks) {
    List<Part> parts = new ArrayList<>();
    int channels = network.graph().tensor(port.tensor()).shape().channels();
    Set<Integer> rest =
        IntStream.range(0, channels).boxed().collect(Collectors.toCollection(TreeSet::new));
    Set<String> taken =
        network.graph().outputs().stream()
            .map(Port::name)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Task> left = new ArrayList<>(tasks);
    for (List<Task> group : grouping.apply(tasks)) {
      List<Integer> own = channelsOf(group);
      if (!rest.containsAll(own)) {
        continue; // Shares a channel with an earlier group.
      }
      own.forEach(rest::remove);
      left.removeAll(group);
      parts.add(new Part(newName(taken, port, group), own, group));
    }
    if (!rest.isEmpty()) {
      boolean together =
          left.stream().allMatch(task -> rest.containsAll(channelsOf(List.of(task))));
      if (!together) {
        return List.of();
      }
      parts.add(new Part(port.name(), List.copyOf(rest), left));
    } else if (!left.isEmpty()) {
      return List.of();
    }
    return parts;
  }

  private static List<Integer> channelsOf(List<Task> tasks) {
    return tasks.stream()
        .flatMapToInt(task -> IntStream.range(task.channel(), task.channel() + task.channels()))
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  private static String newName(Set<String> taken, Port port, List<Task> group) {
    String name =
        port.name() + "/" + group.stream().map(Task::name).collect(Collectors.joining("+"));
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  private static Graph rebuilt(Graph graph, Port old, HeadSlicer slicer, List<Port> ports) {
    List<Port> outputs = new ArrayList<>();
    for (Port port : graph.outputs()) {
      if (port.equals(old)) {
        outputs.addAll(ports);
      } else {
        outputs.add(port);
      }
    }
    List<Op> ops = new ArrayList<>();
    for (Op op : graph.ops()) {
      ops.add(op);
      if (op.output().equals(old.tensor())) {
        ops.addAll(slicer.newOps());
      }
    }
    Graph split =
        graph.withTensors(slicer.newTensors()).withOps(ops).withPorts(graph.inputs(), outputs);
    return RemoveIdentities.withoutUnread(split);
  }

  private static List<Task> moved(Network network, Port port, List<Part> parts) {
    List<Task> tasks = new ArrayList<>();
    for (Task task : network.tasks()) {
      Task place = task;
      for (Part part : parts) {
        if (task.output().equals(port.name()) && part.tasks().contains(task)) {
          place = task.withPlace(part.name(), part.channels().indexOf(task.channel()));
        }
      }
      tasks.add(place);
    }
    return tasks;
  }
}
