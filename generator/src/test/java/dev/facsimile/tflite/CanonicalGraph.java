// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A graph with its tensors numbered in the order in which inputs and operators name them: two
 * graphs that differ in nothing but ids are equal.
 */
record CanonicalGraph(List<Tensor> tensors, List<Op> ops, List<Port> inputs, List<Port> outputs) {
  static CanonicalGraph of(Graph graph) {
    NavigableMap<TensorId, TensorId> ids = new TreeMap<>();
    graph.inputs().forEach(port -> ids.putIfAbsent(port.tensor(), new TensorId(ids.size())));
    for (Op op : graph.ops()) {
      op.inputs().forEach(id -> ids.putIfAbsent(id, new TensorId(ids.size())));
      ids.putIfAbsent(op.output(), new TensorId(ids.size()));
    }
    List<Op> ops = graph.ops().stream().map(op -> op.withTensors(ids::get)).toList();
    List<Tensor> tensors = new ArrayList<>();
    ids.forEach((id, canonical) -> tensors.add(graph.tensor(id).withId(canonical)));
    tensors.sort((a, b) -> a.id().compareTo(b.id()));
    return new CanonicalGraph(
        tensors, ops, ports(graph.inputs(), ids), ports(graph.outputs(), ids));
  }

  private static List<Port> ports(List<Port> ports, NavigableMap<TensorId, TensorId> ids) {
    return ports.stream().map(port -> new Port(port.name(), ids.get(port.tensor()))).toList();
  }
}
