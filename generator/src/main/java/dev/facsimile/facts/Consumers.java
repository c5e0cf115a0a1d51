// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who writes and who reads each tensor. */
public final class Consumers {
  private final List<Op> ops;
  private final Map<TensorId, Integer> producers = new TreeMap<>();
  private final Map<TensorId, List<Integer>> readers = new TreeMap<>();
  private final Set<TensorId> inputs;
  private final Set<TensorId> outputs;

  private Consumers(Graph graph) {
    ops = graph.ops();
    inputs = graph.inputs().stream().map(Port::tensor).collect(Collectors.toSet());
    outputs = graph.outputs().stream().map(Port::tensor).collect(Collectors.toSet());
    for (int step = 0; step < ops.size(); step++) {
      producers.putIfAbsent(ops.get(step).output(), step);
      for (TensorId operand : new LinkedHashSet<>(ops.get(step).inputs())) {
        readers.computeIfAbsent(operand, id -> new ArrayList<>()).add(step);
      }
    }
  }

  public static Consumers of(Graph graph) {
    return new Consumers(graph);
  }

  /** The operator that writes this tensor; empty for constants and inputs of the graph. */
  public Optional<Op> producer(TensorId tensor) {
    return Optional.ofNullable(producers.get(tensor)).map(ops::get);
  }

  /** Index in {@link Graph#ops()} of the operator that writes this tensor. */
  public OptionalInt producerStep(TensorId tensor) {
    Integer step = producers.get(tensor);
    return step == null ? OptionalInt.empty() : OptionalInt.of(step);
  }

  /** The operators that read this tensor, in the order in which they run, each once. */
  public List<Op> consumers(TensorId tensor) {
    return consumerSteps(tensor).stream().map(ops::get).toList();
  }

  /** Indices in {@link Graph#ops()} of the operators that read this tensor, ascending. */
  public List<Integer> consumerSteps(TensorId tensor) {
    return List.copyOf(readers.getOrDefault(tensor, List.of()));
  }

  public boolean isGraphInput(TensorId tensor) {
    return inputs.contains(tensor);
  }

  public boolean isGraphOutput(TensorId tensor) {
    return outputs.contains(tensor);
  }

  /** Whether exactly one operator reads this tensor and no output port shows it. */
  public boolean hasOneConsumer(TensorId tensor) {
    return !isGraphOutput(tensor) && readers.getOrDefault(tensor, List.of()).size() == 1;
  }

  /** The operator that alone reads this tensor; empty where there are more or a port shows it. */
  public Optional<Op> onlyConsumer(TensorId tensor) {
    return hasOneConsumer(tensor)
        ? Optional.of(ops.get(readers.get(tensor).get(0)))
        : Optional.empty();
  }

  /** Whether no operator and no output port reads this tensor. */
  public boolean isUnread(TensorId tensor) {
    return !isGraphOutput(tensor) && !readers.containsKey(tensor);
  }
}
