// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.quantize.IntegerContract;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs integer graphs. Its results are the specification: generated C equals them bit for bit, and
 * they equal TensorFlow Lite 2.19's reference kernels.
 *
 * <p>A tensor's contents are a byte array that equals its memory in the generated C: row-major,
 * little-endian, as many bytes an element as its type has ({@link dev.facsimile.quantize.Codes}).
 *
 * <p>Everything is prepared once, in the constructor. An instance serves one thread and keeps every
 * tensor of its last run; {@link #fork()} makes another that shares the constants.
 */
public final class IntegerInterpreter {
  private final Execution<byte[]> execution;

  /**
   * Prepares every operator.
   *
   * @param graph whose shapes are consistent
   * @throws dev.facsimile.report.FacsimileException if it is not an integer graph ({@link
   *     IntegerContract})
   */
  public IntegerInterpreter(Graph graph) {
    this(prepare(graph));
  }

  private IntegerInterpreter(Execution<byte[]> execution) {
    this.execution = execution;
  }

  private static Execution<byte[]> prepare(Graph graph) {
    IntegerContract.require(graph);
    IntegerKernels kernels = new IntegerKernels(graph);
    TreeMap<TensorId, byte[]> constants = new TreeMap<>();
    for (Tensor tensor : graph.tensors()) {
      if (!tensor.type().isFloat()) {
        tensor.data().ifPresent(data -> constants.put(tensor.id(), data.toBytes()));
      }
    }
    return new Execution<>(
        graph,
        graph.ops().stream().map((Op op) -> op.accept(kernels)).toList(),
        constants,
        tensor -> new byte[tensor.bytes()]);
  }

  /** An interpreter of the same network for another thread. */
  public IntegerInterpreter fork() {
    return new IntegerInterpreter(execution.fork());
  }

  public Graph graph() {
    return execution.graph();
  }

  /**
   * Runs the network once.
   *
   * @param inputs contents, one array for each input port in order
   * @return contents, one array for each output port in order; the caller's own
   */
  public List<byte[]> run(List<byte[]> inputs) {
    return run(inputs, TensorListener.none());
  }

  /** As {@link #run(List)}, telling of every tensor as it is computed. */
  public List<byte[]> run(List<byte[]> inputs, TensorListener<? super byte[]> listener) {
    return execution.run(inputs, listener);
  }

  /** Contents of an input, an activation or a constant after the last run; live memory. */
  public byte[] contents(TensorId tensor) {
    return execution.contents(tensor);
  }

  /** Overwrites the contents of a tensor, for {@link #compute} and {@link #recompute}. */
  public void set(TensorId tensor, byte[] contents) {
    execution.set(tensor, contents);
  }

  /** Runs operators {@code from} .. {@code to - 1} of the graph on what the tensors hold now. */
  public void compute(int from, int to, TensorListener<? super byte[]> listener) {
    execution.compute(from, to, listener);
  }

  /** Runs the operators that depend on tensors the caller has {@link #set}, and no others. */
  public void recompute(Collection<TensorId> changed, TensorListener<? super byte[]> listener) {
    execution.recompute(changed, listener);
  }

  /** Contents of every output port as they are now; the caller's own. */
  public List<byte[]> outputs() {
    return execution.outputs();
  }
}
