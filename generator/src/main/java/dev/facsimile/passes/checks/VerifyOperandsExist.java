// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.checks;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every operand is in the graph and has its value before the operator runs; outputs have one. */
public final class VerifyOperandsExist implements GraphCheck {

  @Override
  public List<String> problems(Graph graph) {
    List<String> problems = new ArrayList<>();
    Set<TensorId> ready = new TreeSet<>();
    graph.tensors().stream()
        .filter(tensor -> tensor.isConstant())
        .forEach(tensor -> ready.add(tensor.id()));
    for (Port input : graph.inputs()) {
      requireKnown(graph, problems, input.tensor(), "input '" + input.name() + "'");
      ready.add(input.tensor());
    }
    for (Op op : graph.ops()) {
      for (TensorId operand : op.inputs()) {
        requireKnown(graph, problems, operand, op.kind());
        if (graph.contains(operand) && !ready.contains(operand)) {
          problems.add(op.kind() + " reads " + operand + " before it is written");
        }
      }
      requireKnown(graph, problems, op.output(), op.kind());
      ready.add(op.output());
    }
    for (Port output : graph.outputs()) {
      requireKnown(graph, problems, output.tensor(), "output '" + output.name() + "'");
      if (graph.contains(output.tensor()) && !ready.contains(output.tensor())) {
        problems.add("output '" + output.name() + "' is never written");
      }
    }
    return problems;
  }

  private static void requireKnown(
      Graph graph, List<String> problems, TensorId tensor, String user) {
    if (!graph.contains(tensor)) {
      problems.add(user + " names " + tensor + ", which is not in the graph");
    }
  }
}
