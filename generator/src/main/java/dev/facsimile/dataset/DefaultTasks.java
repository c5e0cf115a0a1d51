// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tasks of a network without {@code tasks.yaml}: every channel of every output is one, named
 * after the output (and the channel where there are several). An output that a SOFTMAX or an
 * ARG_MAX computes is one task of classes; a channel of a LOGISTIC is an occurrence, unless it is a
 * map; anything else is a regression.
 */
public final class DefaultTasks {
  private DefaultTasks() {}

  public static List<Task> of(Graph graph) {
    List<Task> tasks = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (Port port : graph.outputs()) {
      int channels = graph.tensor(port.tensor()).channels();
      Task.Kind kind = kindOf(graph, port.tensor(), channels);
      if (kind == Task.Kind.OCCURRENCE && isMap(graph, port)) {
        kind = Task.Kind.REGRESSION;
      }
      if (kind == Task.Kind.CLASSES) {
        tasks.add(task(unique(port.name(), names), port, 0, channels, kind));
        continue;
      }
      for (int channel = 0; channel < channels; channel++) {
        String name = channels == 1 ? port.name() : port.name() + "_" + channel;
        tasks.add(task(unique(name, names), port, channel, 1, kind));
      }
    }
    return tasks;
  }

  /** Whether the output has a value for each of several positions, not one. */
  static boolean isMap(Graph graph, Port port) {
    Tensor tensor = graph.tensor(port.tensor());
    return tensor.shape().elements() != tensor.channels();
  }

  private static Task task(String name, Port port, int first, int count, Task.Kind kind) {
    return new Task(
        name,
        port.name(),
        first,
        count,
        kind,
        TaskReader.DEFAULT_THRESHOLD,
        TaskReader.DEFAULT_WEIGHT,
        TaskReader.DEFAULT_TOLERANCE,
        0,
        0);
  }

  private static String unique(String name, Set<String> names) {
    String candidate = name;
    for (int n = 2; !names.add(candidate); n++) {
      candidate = name + "_" + n;
    }
    return candidate;
  }

  private static Task.Kind kindOf(Graph graph, TensorId output, int channels) {
    if (graph.tensor(output).isIndex()) {
      return Task.Kind.CLASSES;
    }
    Optional<Op> producer = producer(graph, output);
    if (producer.isEmpty()) {
      return Task.Kind.REGRESSION;
    }
    Op op = producer.get();
    if (op instanceof Softmax && channels > 1) {
      return Task.Kind.CLASSES;
    }
    if (op instanceof Unary unary && unary.function() == Unary.Kind.LOGISTIC) {
      return Task.Kind.OCCURRENCE;
    }
    if (op instanceof Reshape || op instanceof Dequantize) {
      return kindOf(graph, op.inputs().get(0), channels);
    }
    return Task.Kind.REGRESSION;
  }

  private static Optional<Op> producer(Graph graph, TensorId tensor) {
    return graph.ops().stream().filter(op -> op.output().equals(tensor)).findFirst();
  }
}
