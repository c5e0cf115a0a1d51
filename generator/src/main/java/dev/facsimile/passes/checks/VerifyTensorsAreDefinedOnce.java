// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.checks;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tensor has one origin: a constant's bytes, an input of the graph, or one operator. */
public final class VerifyTensorsAreDefinedOnce implements GraphCheck {

  @Override
  public List<String> problems(Graph graph) {
    List<String> problems = new ArrayList<>();
    Map<TensorId, String> origins = new TreeMap<>();
    graph.tensors().stream()
        .filter(tensor -> tensor.isConstant())
        .forEach(tensor -> origins.put(tensor.id(), "a constant"));
    for (Port input : graph.inputs()) {
      define(origins, problems, input.tensor(), "input '" + input.name() + "'");
    }
    for (Op op : graph.ops()) {
      define(origins, problems, op.output(), op.kind());
    }
    return problems;
  }

  private static void define(
      Map<TensorId, String> origins, List<String> problems, TensorId tensor, String origin) {
    String first = origins.putIfAbsent(tensor, origin);
    if (first != null) {
      problems.add("tensor " + tensor + " is defined by " + first + " and by " + origin);
    }
  }
}
