// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs float graphs with TensorFlow Lite's reference arithmetic: every sum in the order of its
 * reference loops and every step rounded to float, so that results are the same bits on every
 * machine. Exponentials and tangents are the double results rounded once; a C library's own float
 * functions may differ from them in the last bit.
 *
 * <p>Between QUANTIZE and DEQUANTIZE tensors hold integer codes as floats. An instance serves one
 * thread and keeps every tensor of its last run; {@link #fork()} makes another that shares the
 * constants. Weights must be finite.
 */
public final class FloatInterpreter {
  private final Execution<float[]> execution;

  /**
   * Prepares every operator.
   *
   * @param graph whose shapes are consistent
   * @throws IllegalArgumentException if an operator other than QUANTIZE and DEQUANTIZE reads or
   *     writes integers that are not indices
   */
  public FloatInterpreter(Graph graph) {
    this(prepare(graph));
  }

  private FloatInterpreter(Execution<float[]> execution) {
    this.execution = execution;
  }

  private static Execution<float[]> prepare(Graph graph) {
    graph.ops().forEach(op -> requireFloat(graph, op));
    FloatKernels kernels = new FloatKernels(graph);
    TreeMap<TensorId, float[]> constants = new TreeMap<>();
    for (Tensor tensor : graph.tensors()) {
      if (tensor.isConstant()) {
        constants.put(tensor.id(), RealContents.of(tensor));
      }
    }
    return new Execution<>(
        graph,
        graph.ops().stream().map((Op op) -> op.accept(kernels)).toList(),
        constants,
        tensor -> new float[tensor.shape().elements()]);
  }

  private static void requireFloat(Graph graph, Op op) {
    if (op instanceof Quantize || op instanceof Dequantize) {
      return;
    }
    for (TensorId id : Op.withOptional(op.inputs(), Optional.of(op.output()))) {
      Tensor tensor = graph.tensor(id);
      if (!tensor.type().isFloat() && !tensor.isIndex()) {
        throw new IllegalArgumentException(
            "%s uses tensor '%s' of type %s in a float network"
                .formatted(op.kind(), tensor.name(), tensor.type()));
      }
    }
  }

  /** An interpreter of the same network for another thread. */
  public FloatInterpreter fork() {
    return new FloatInterpreter(execution.fork());
  }

  public Graph graph() {
    return execution.graph();
  }

  /**
   * Runs the network once.
   *
   * @param inputs row-major, one array for each input port in order
   * @return one array for each output port in order; the caller's own
   */
  public List<float[]> run(List<float[]> inputs) {
    return run(inputs, TensorListener.none());
  }

  /** As {@link #run(List)}, telling of every tensor as it is computed. */
  public List<float[]> run(List<float[]> inputs, TensorListener<? super float[]> listener) {
    return execution.run(inputs, listener);
  }

  /** Values of any tensor after the last run; live memory. */
  public float[] contents(TensorId tensor) {
    return execution.contents(tensor);
  }

  /**
   * The largest magnitude that a state within an operator took in the last run: a cell of a
   * recurrent layer, which no tensor shows. 0 where the operator has none.
   *
   * @param operator its index in the graph
   */
  public double largestState(int operator) {
    return execution.largestState(operator);
  }

  /** Overwrites the values of a tensor, for {@link #compute} and {@link #recompute}. */
  public void set(TensorId tensor, float[] contents) {
    execution.set(tensor, contents);
  }

  /** Runs operators {@code from} .. {@code to - 1} of the graph on what the tensors hold now. */
  public void compute(int from, int to, TensorListener<? super float[]> listener) {
    execution.compute(from, to, listener);
  }

  /** Runs the operators that depend on tensors the caller has {@link #set}, and no others. */
  public void recompute(Collection<TensorId> changed, TensorListener<? super float[]> listener) {
    execution.recompute(changed, listener);
  }

  /** Values of every output port as they are now; the caller's own. */
  public List<float[]> outputs() {
    return execution.outputs();
  }
}
