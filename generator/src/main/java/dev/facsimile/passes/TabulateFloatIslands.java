// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.FloatInterpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a table of what a converter left in float between two int8 tensors because TensorFlow Lite
 * has no int8 form of it: NEG, SQUARE, SQRT and the like, as layer normalization has them.
 *
 * <pre>
 *   a = DEQUANTIZE(x)
 *   b = NEG(a)            -&gt;   y = LOOKUP(x, the code of y for each of x's 256)
 *   y = QUANTIZE(b)
 * </pre>
 *
 * <p>Any chain of functions of one element, also with constants of one element and with itself
 * (SQUARE is a * a).
 *
 * <p>Preserves: bit-exact output; each entry is computed in float as TensorFlow Lite does.
 */
public final class TabulateFloatIslands implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    GraphEdit edit = new GraphEdit(graph);
    for (Op op : graph.ops()) {
      if (op instanceof Quantize quantize && graph.tensor(op.output()).type() == DType.INT8) {
        island(graph, consumers, quantize).ifPresent(island -> edit.replace(op, island.toLookup()));
      }
    }
    return edit.isEmpty()
        ? Optional.empty()
        : Optional.of(RemoveIdentities.withoutUnread(edit.apply()));
  }

  /**
   * The operators from one int8 tensor to another, DEQUANTIZE and QUANTIZE included.
   *
   * @param ops in the graph's order
   */
  private record Island(Graph graph, TensorId source, List<Op> ops) {

    /** The island alone, on the 256 codes instead of the tensor. */
    private Lookup toLookup() {
      float[] codes = new float[Lookup.ENTRIES];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = i + Byte.MIN_VALUE;
      }
      TensorId output = ops.get(ops.size() - 1).output();
      Graph alone =
          new Graph(
              tensors().values(),
              ops,
              List.of(new Port("code", source)),
              List.of(new Port("code", output)));
      float[] results = new FloatInterpreter(alone).run(List.of(codes)).get(0);
      byte[] table = new byte[results.length];
      for (int i = 0; i < table.length; i++) {
        table[i] = (byte) results[i];
      }
      return new Lookup(source, output, ConstantBytes.of(table));
    }

    private Map<TensorId, Tensor> tensors() {
      Shape row = new Shape(List.of(Lookup.ENTRIES));
      Map<TensorId, Tensor> tensors = new TreeMap<>();
      tensors.put(source, graph.tensor(source).withShape(row));
      for (Op op : ops) {
        tensors.put(op.output(), graph.tensor(op.output()).withShape(row));
        for (TensorId operand : op.inputs()) {
          tensors.putIfAbsent(operand, graph.tensor(operand));
        }
      }
      return tensors;
    }
  }

  private static Optional<Island> island(Graph graph, Consumers consumers, Quantize end) {
    Set<TensorId> sources = new TreeSet<>();
    Set<TensorId> inside = new TreeSet<>();
    List<TensorId> waiting = new ArrayList<>(List.of(end.output()));
    while (!waiting.isEmpty()) {
      TensorId tensor = waiting.remove(waiting.size() - 1);
      Op producer = consumers.producer(tensor).orElse(null);
      if (!inside.add(tensor) || isScalar(graph.tensor(tensor))) {
        continue;
      }
      if (producer instanceof Dequantize dequantize && isCodes(graph, dequantize.input())) {
        sources.add(dequantize.input());
      } else if (producer == end || isElementwise(graph, producer)) {
        waiting.addAll(producer.inputs());
      } else {
        return Optional.empty();
      }
    }
    List<Op> ops = graph.ops().stream().filter(op -> inside.contains(op.output())).toList();
    return sources.stream()
        .filter(source -> sources.size() == 1 && hasShape(graph, source, end.output()))
        .findFirst()
        .map(source -> new Island(graph, source, ops));
  }

  /** A constant of more axes than the tensor gives the result its own. */
  private static boolean hasShape(Graph graph, TensorId source, TensorId result) {
    return graph.tensor(source).shape().equals(graph.tensor(result).shape());
  }

  private static boolean isCodes(Graph graph, TensorId id) {
    Tensor tensor = graph.tensor(id);
    return tensor.type() == DType.INT8 && !tensor.isConstant();
  }

  private static boolean isScalar(Tensor tensor) {
    return tensor.isConstant() && tensor.shape().elements() == 1;
  }

  private static boolean isElementwise(Graph graph, Op op) {
    return (op instanceof Unary || op instanceof Binary)
        && graph.tensor(op.output()).type() == DType.FLOAT32;
  }
}
