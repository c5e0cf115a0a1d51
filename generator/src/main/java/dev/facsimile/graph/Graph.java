// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A network: operators in an order in which they can run, and the tensors they read and write.
 * Immutable; a pass returns a new one. That every operand exists and is written before it is read
 * is checked by {@code passes.checks}, not here, so that the guilty pass can be named.
 */
public final class Graph {
  private final SortedMap<TensorId, Tensor> tensors;
  private final List<Op> ops;
  private final List<Port> inputs;
  private final List<Port> outputs;

  public Graph(Collection<Tensor> tensors, List<Op> ops, List<Port> inputs, List<Port> outputs) {
    TreeMap<TensorId, Tensor> byId = new TreeMap<>();
    for (Tensor tensor : tensors) {
      if (byId.put(tensor.id(), tensor) != null) {
        throw new IllegalArgumentException("two tensors have the id " + tensor.id());
      }
    }
    this.tensors = Collections.unmodifiableSortedMap(byId);
    this.ops = List.copyOf(ops);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** All tensors in the order of their ids. */
  public Collection<Tensor> tensors() {
    return tensors.values();
  }

  public List<Op> ops() {
    return ops;
  }

  public List<Port> inputs() {
    return inputs;
  }

  public List<Port> outputs() {
    return outputs;
  }

  public Tensor tensor(TensorId id) {
    Tensor tensor = tensors.get(id);
    if (tensor == null) {
      throw new IllegalArgumentException("the graph has no tensor " + id);
    }
    return tensor;
  }

  public boolean contains(TensorId id) {
    return tensors.containsKey(id);
  }

  /** An id no tensor of this graph has. */
  public TensorId nextTensorId() {
    return new TensorId(tensors.isEmpty() ? 0 : tensors.lastKey().value() + 1);
  }

  public Graph withOps(List<Op> newOps) {
    return new Graph(tensors.values(), newOps, inputs, outputs);
  }

  /**
   * The same graph with these tensors added, or put in the place of those that have the same id.
   */
  public Graph withTensors(Collection<Tensor> changed) {
    TreeMap<TensorId, Tensor> merged = new TreeMap<>(tensors);
    changed.forEach(tensor -> merged.put(tensor.id(), tensor));
    return new Graph(merged.values(), ops, inputs, outputs);
  }

  public Graph withPorts(List<Port> newInputs, List<Port> newOutputs) {
    return new Graph(tensors.values(), ops, newInputs, newOutputs);
  }

  /** The same graph without the tensors that no operator and no port names. */
  public Graph withoutUnusedTensors() {
    var used = new java.util.TreeSet<TensorId>();
    inputs.forEach(port -> used.add(port.tensor()));
    outputs.forEach(port -> used.add(port.tensor()));
    for (Op op : ops) {
      used.addAll(op.inputs());
      used.add(op.output());
    }
    List<Tensor> kept = new ArrayList<>();
    for (Tensor tensor : tensors.values()) {
      if (used.contains(tensor.id())) {
        kept.add(tensor);
      }
    }
    return new Graph(kept, ops, inputs, outputs);
  }

  /** One operator a line, constants by shape: the form in which passes are tested and dumped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    inputs.forEach(port -> text.append("in  ").append(describe(port.tensor())).append('\n'));
    for (Op op : ops) {
      text.append(describe(op.output()))
          .append(" = ")
          .append(op.kind())
          .append(
              op.inputs().stream().map(this::reference).collect(Collectors.joining(", ", "(", ")")))
          .append('\n');
    }
    outputs.forEach(port -> text.append("out ").append(describe(port.tensor())).append('\n'));
    return text.toString();
  }

  private String reference(TensorId id) {
    return tensor(id).isConstant() ? "const" + tensor(id).shape() : id.toString();
  }

  private String describe(TensorId id) {
    Tensor tensor = tensor(id);
    return id + ":" + tensor.type() + tensor.shape();
  }
}
