// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.facts.MacCount;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.quantize.AccumulatorBound;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.FacsimileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From an integer graph to the steps of the generated program. */
public final class ExecutionPlanner {
  private final MemoryPlanner memoryPlanner;

  public ExecutionPlanner(MemoryPlanner memoryPlanner) {
    this.memoryPlanner = memoryPlanner;
  }

  /**
   * Chooses kernels and places; the operators run in the graph's order.
   *
   * @param graph an integer graph
   * @throws FacsimileException naming every operator that no kernel can run, or whose accumulator
   *     may overflow
   */
  public ExecutionPlan plan(Graph graph) {
    Graph complete = withConstantOutputsCopied(graph);
    MemoryPlan memory = memoryPlanner.plan(complete);
    SortedMap<Integer, Long> accumulators = accumulators(complete);
    ConstantPool pool = new ConstantPool();
    List<Layer> layers = new ArrayList<>();
    List<Diagnostic> problems = new ArrayList<>();
    for (int step = 0; step < complete.ops().size(); step++) {
      try {
        String name = name(complete.ops().get(step), layers.size(), complete.ops().size());
        long accumulator = accumulators.getOrDefault(step, Long.MAX_VALUE);
        CallContext context = new CallContext(complete, memory, pool, accumulator, name);
        layer(context, step, layers.size()).ifPresent(layers::add);
      } catch (FacsimileException e) {
        problems.addAll(e.diagnostics());
      }
    }
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
    return new ExecutionPlan(complete, layers, memory, pool.blocks());
  }

  /** What {@link AccumulatorBound} proves of each operator that has accumulators. */
  private static SortedMap<Integer, Long> accumulators(Graph graph) {
    SortedMap<Integer, Long> magnitudes = new TreeMap<>();
    for (AccumulatorBound bound : AccumulatorBound.prove(graph)) {
      magnitudes.put(bound.operator(), bound.magnitude());
    }
    return magnitudes;
  }

  private static Optional<Layer> layer(CallContext context, int step, int index) {
    Graph graph = context.graph();
    Op op = graph.ops().get(step);
    int before = context.pool().bytes();
    List<KernelCall> calls = op.accept(new SelectKernels(context));
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    List<TensorId> inputs =
        op.inputs().stream().filter(id -> !graph.tensor(id).isConstant()).distinct().toList();
    return Optional.of(
        new Layer(
            index,
            context.layer(),
            step,
            inputs,
            op.output(),
            context.memory().slot(op.output()),
            MacCount.of(graph, op),
            context.pool().bytes() - before,
            calls));
  }

  /** layer_03_conv2d: the tensor's own name is hostile text and may be 10,000 characters long. */
  private static String name(Op op, int index, int count) {
    int digits = Math.max(2, String.valueOf(count - 1).length());
    String kind = op.kind().toLowerCase(Locale.ROOT).replace("_2d", "2d");
    return String.format(Locale.ROOT, "layer_%0" + digits + "d_%s", index, kind);
  }

  /** An output that is a constant gets a place in the arena like any other. */
  private static Graph withConstantOutputsCopied(Graph graph) {
    Graph result = graph;
    List<Port> outputs = new ArrayList<>();
    for (Port port : graph.outputs()) {
      Tensor tensor = graph.tensor(port.tensor());
      if (tensor.isConstant()) {
        TensorId copy = result.nextTensorId();
        Tensor activation =
            Tensor.activation(copy, tensor.name(), tensor.shape(), tensor.type())
                .withType(tensor.type(), tensor.perTensor());
        List<Op> ops = new ArrayList<>(result.ops());
        ops.add(new Reshape(tensor.id(), copy));
        result = result.withTensors(List.of(activation)).withOps(ops);
        outputs.add(new Port(port.name(), copy));
      } else {
        outputs.add(port);
      }
    }
    return result.withPorts(result.inputs(), outputs);
  }
}
