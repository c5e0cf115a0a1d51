// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes to a graph, collected and then applied at once. Operators are named by the tensor they
 * write; the order of the others is kept.
 */
final class GraphEdit {
  private final Graph graph;
  private final Map<TensorId, List<Op>> replaced = new TreeMap<>();
  private final Map<TensorId, TensorId> redirected = new TreeMap<>();
  private final Map<TensorId, Tensor> tensors = new TreeMap<>();
  private int nextId;

  GraphEdit(Graph graph) {
    this.graph = graph;
    this.nextId = graph.nextTensorId().value();
  }

  /**
   * Applies a rewrite that changes one place until it finds none; empty where it found none at all.
   */
  static Optional<Graph> untilStable(Graph graph, FirstMatch rewrite) {
    Graph current = graph;
    Optional<Graph> next = rewrite.apply(current);
    while (next.isPresent()) {
      current = next.get();
      next = rewrite.apply(current);
    }
    return current == graph ? Optional.empty() : Optional.of(current);
  }

  /** A rewrite of the first place where it applies. */
  @FunctionalInterface
  interface FirstMatch {
    Optional<Graph> apply(Graph graph);
  }

  boolean isEmpty() {
    return replaced.isEmpty() && redirected.isEmpty() && tensors.isEmpty();
  }

  /** Puts other operators in the place of this one. */
  GraphEdit replace(Op old, Op... by) {
    replaced.put(old.output(), List.copyOf(Arrays.asList(by)));
    return this;
  }

  GraphEdit remove(Op op) {
    return replace(op);
  }

  /** Lets every operator and output port that reads {@code from} read {@code to} instead. */
  GraphEdit redirect(TensorId from, TensorId to) {
    redirected.put(from, to);
    return this;
  }

  /** Puts a tensor in the place of the one with its id, or adds it. */
  GraphEdit put(Tensor tensor) {
    tensors.put(tensor.id(), tensor);
    return this;
  }

  TensorId newId() {
    return new TensorId(nextId++);
  }

  /** Adds a copy of {@code tensor} under an id of its own. */
  TensorId add(Tensor tensor) {
    TensorId id = newId();
    put(tensor.withId(id));
    return id;
  }

  TensorId addFloats(String name, Shape shape, float[] values) {
    return add(
        Tensor.constant(
            new TensorId(0), name, shape, DType.FLOAT32, ConstantBytes.ofFloats(values)));
  }

  /** The changed graph, without the tensors nobody names any longer. */
  Graph apply() {
    List<Op> ops = new ArrayList<>();
    for (Op op : graph.ops()) {
      for (Op current : replaced.getOrDefault(op.output(), List.of(op))) {
        ops.add(withOperands(current));
      }
    }
    List<Port> outputs =
        graph.outputs().stream()
            .map(port -> new Port(port.name(), resolve(port.tensor())))
            .toList();
    return graph
        .withTensors(tensors.values())
        .withOps(ops)
        .withPorts(graph.inputs(), outputs)
        .withoutUnusedTensors();
  }

  private Op withOperands(Op op) {
    TensorId output = op.output();
    return op.withTensors(id -> id.equals(output) ? id : resolve(id));
  }

  private TensorId resolve(TensorId id) {
    TensorId target = redirected.get(id);
    return target == null ? id : resolve(target);
  }
}
