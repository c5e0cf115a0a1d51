// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.interpret.IntegerInterpreter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Computes at compile time what depends on constants only, by the interpreters themselves.
 *
 * <pre>
 *   w = DEQUANTIZE(float16 constant)      -&gt;   w: a float constant
 *   c = MUL(constant, RESHAPE(constant))  -&gt;   c: a constant
 * </pre>
 *
 * <p>An output of the graph stays computed: a port is written by an operator.
 *
 * <p>Preserves: bit-exact output.
 */
public final class FoldConstants implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    GraphEdit edit = new GraphEdit(graph);
    Map<TensorId, Tensor> constants = new TreeMap<>();
    graph.tensors().stream()
        .filter(Tensor::isConstant)
        .forEach(tensor -> constants.put(tensor.id(), tensor));
    for (Op op : graph.ops()) {
      boolean isPort = graph.outputs().stream().anyMatch(port -> port.tensor().equals(op.output()));
      if (!isPort && constants.keySet().containsAll(op.inputs())) {
        evaluate(graph, constants, op)
            .ifPresent(
                value -> {
                  constants.put(value.id(), value);
                  edit.remove(op).put(value);
                });
      }
    }
    return edit.isEmpty() ? Optional.empty() : Optional.of(edit.apply());
  }

  private static Optional<Tensor> evaluate(Graph graph, Map<TensorId, Tensor> constants, Op op) {
    Tensor output = graph.tensor(op.output());
    boolean allFloat = op.inputs().stream().allMatch(id -> constants.get(id).type().isFloat());
    if (output.type() == DType.FLOAT32 && (allFloat || op instanceof Dequantize)) {
      float[] values = new FloatInterpreter(alone(constants, op, output)).run(List.of()).get(0);
      return Optional.of(constant(output, ConstantBytes.ofFloats(values)));
    }
    boolean noneFloat = op.inputs().stream().noneMatch(id -> constants.get(id).type().isFloat());
    if (isCode(output.type()) && noneFloat) {
      byte[] codes = new IntegerInterpreter(alone(constants, op, output)).run(List.of()).get(0);
      return Optional.of(constant(output, ConstantBytes.of(codes)));
    }
    return Optional.empty();
  }

  private static boolean isCode(DType type) {
    return type == DType.INT8 || type == DType.INT16;
  }

  /** A graph of this operator and nothing else. */
  private static Graph alone(Map<TensorId, Tensor> constants, Op op, Tensor output) {
    Map<TensorId, Tensor> tensors = new TreeMap<>();
    op.inputs().forEach(id -> tensors.put(id, constants.get(id)));
    tensors.put(output.id(), output);
    List<Port> outputs = List.of(new Port("value", output.id()));
    return new Graph(tensors.values(), List.of(op), List.of(), outputs);
  }

  private static Tensor constant(Tensor output, ConstantBytes data) {
    return output.withConstant(output.shape(), output.type(), output.quantization(), data);
  }
}
