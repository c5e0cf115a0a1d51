// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the float inputs and outputs off an integer network; its ports keep their names.
 *
 * <pre>
 *   in  a: FLOAT32
 *   x = QUANTIZE(a)       -&gt;   in  a: INT8 (x's scale)
 *   ...                        ...
 *   b = DEQUANTIZE(y)          out b: INT8 (y's scale)
 *   out b: FLOAT32
 * </pre>
 *
 * <p>Preserves: bit-exact output, in the integers. What the caller quantized by the operator it now
 * quantizes itself.
 */
public final class StripFloatEdges implements GraphPass {

  @Override
  public boolean mayChangePortTypes() {
    return true;
  }

  @Override
  public Optional<Graph> apply(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    GraphEdit edit = new GraphEdit(graph);
    List<Port> inputs = new ArrayList<>();
    for (Port port : graph.inputs()) {
      inputs.add(new Port(port.name(), integerInput(graph, consumers, edit, port)));
    }
    List<TensorId> taken = new ArrayList<>(graph.outputs().stream().map(Port::tensor).toList());
    List<Port> outputs = new ArrayList<>();
    for (Port port : graph.outputs()) {
      TensorId tensor = integerOutput(graph, consumers, taken, port);
      taken.add(tensor);
      outputs.add(new Port(port.name(), tensor));
    }
    if (inputs.equals(graph.inputs()) && outputs.equals(graph.outputs())) {
      return Optional.empty();
    }
    Graph stripped = edit.apply().withPorts(inputs, outputs);
    return Optional.of(withoutUnreadDequantize(stripped).withoutUnusedTensors());
  }

  /** The tensor every reader of this float input makes of it, or the input itself. */
  private static TensorId integerInput(
      Graph graph, Consumers consumers, GraphEdit edit, Port port) {
    List<Op> readers = consumers.consumers(port.tensor());
    if (readers.isEmpty() || consumers.isGraphOutput(port.tensor())) {
      return port.tensor();
    }
    TensorId first = readers.get(0).output();
    for (Op reader : readers) {
      boolean same =
          reader instanceof Quantize
              && graph.tensor(port.tensor()).type() == DType.FLOAT32
              && graph.tensor(reader.output()).type() == graph.tensor(first).type()
              && graph
                  .tensor(reader.output())
                  .quantization()
                  .equals(graph.tensor(first).quantization())
              && !consumers.isGraphOutput(reader.output())
              && !consumers.isUnread(reader.output());
      if (!same) {
        return port.tensor();
      }
    }
    for (Op reader : readers) {
      edit.remove(reader);
      if (!reader.output().equals(first)) {
        edit.redirect(reader.output(), first);
      }
    }
    return first;
  }

  private static TensorId integerOutput(
      Graph graph, Consumers consumers, List<TensorId> taken, Port port) {
    Op producer = consumers.producer(port.tensor()).orElse(null);
    if (producer instanceof Dequantize dequantize
        && graph.tensor(dequantize.input()).type() != DType.FLOAT16
        && consumers.producer(dequantize.input()).isPresent()
        && !taken.contains(dequantize.input())) {
      return dequantize.input();
    }
    return port.tensor();
  }

  private static Graph withoutUnreadDequantize(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    return graph.withOps(
        graph.ops().stream()
            .filter(op -> !(op instanceof Dequantize && consumers.isUnread(op.output())))
            .toList());
  }
}
