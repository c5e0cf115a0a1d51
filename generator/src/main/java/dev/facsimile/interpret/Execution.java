// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The memory of one run and the kernels that work on it, operator by operator. Every tensor has an
 * array of its own for the whole lifetime.
 *
 * @param <A> type of a tensor's contents, a primitive array
 */
final class Execution<A> {
  private final Graph graph;
  private final Map<TensorId, A> constants;
  private final Function<Tensor, A> allocate;
  private final List<Kernel<A>> kernels;
  private final TreeMap<TensorId, A> memory;
  private final List<List<A>> operands = new ArrayList<>();

  /**
   * Allocates every activation.
   *
   * @param kernels one for each operator
   * @param constants contents of the constants that kernels read as operands
   */
  Execution(
      Graph graph,
      List<Kernel<A>> kernels,
      Map<TensorId, A> constants,
      Function<Tensor, A> allocate) {
    this.graph = graph;
    this.constants = constants;
    this.allocate = allocate;
    this.kernels = kernels;
    this.memory = new TreeMap<>(constants);
    for (Tensor tensor : graph.tensors()) {
      if (!tensor.isConstant()) {
        memory.put(tensor.id(), allocate.apply(tensor));
      }
    }
    for (Op op : graph.ops()) {
      List<A> contents = new ArrayList<>();
      op.inputs().forEach(id -> contents.add(memory.get(id)));
      operands.add(contents);
    }
  }

  Execution<A> fork() {
    return new Execution<>(graph, kernels.stream().map(Kernel::fork).toList(), constants, allocate);
  }

  Graph graph() {
    return graph;
  }

  A contents(TensorId id) {
    A contents = memory.get(id);
    if (contents == null) {
      throw new IllegalArgumentException("tensor " + id + " has no contents of its own");
    }
    return contents;
  }

  void set(TensorId id, A contents) {
    A target = contents(id);
    int length = Array.getLength(contents);
    if (length != Array.getLength(target)) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d elements but %d were given"
              .formatted(graph.tensor(id).name(), Array.getLength(target), length));
    }
    System.arraycopy(contents, 0, target, 0, length);
  }

  void setInputs(List<A> inputs) {
    List<Port> ports = graph.inputs();
    if (inputs.size() != ports.size()) {
      throw new IllegalArgumentException(
          "the network has %d inputs but %d were given".formatted(ports.size(), inputs.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      set(ports.get(i).tensor(), inputs.get(i));
    }
  }

  List<A> run(List<A> inputs, TensorListener<? super A> listener) {
    setInputs(inputs);
    compute(0, kernels.size(), listener);
    return outputs();
  }

  void compute(int from, int to, TensorListener<? super A> listener) {
    for (int index = from; index < to; index++) {
      step(index, listener);
    }
  }

  void recompute(Collection<TensorId> changed, TensorListener<? super A> listener) {
    TreeSet<TensorId> stale = new TreeSet<>(changed);
    for (int index = 0; index < kernels.size(); index++) {
      Op op = graph.ops().get(index);
      if (op.inputs().stream().anyMatch(stale::contains)) {
        step(index, listener);
        stale.add(op.output());
      }
    }
  }

  private void step(int index, TensorListener<? super A> listener) {
    TensorId output = graph.ops().get(index).output();
    A contents = memory.get(output);
    kernels.get(index).run(operands.get(index), contents);
    listener.computed(index, graph.tensor(output), contents);
  }

  double largestState(int index) {
    return kernels.get(index) instanceof StateRange state ? state.largestMagnitude() : 0;
  }

  List<A> outputs() {
    List<A> outputs = new ArrayList<>();
    for (Port port : graph.outputs()) {
      outputs.add(copy(contents(port.tensor())));
    }
    return outputs;
  }

  @SuppressWarnings("unchecked") // A is the type of the array that is copied
  private A copy(A contents) {
    int length = Array.getLength(contents);
    Object copy = Array.newInstance(contents.getClass().getComponentType(), length);
    System.arraycopy(contents, 0, copy, 0, length);
    return (A) copy;
  }
}
