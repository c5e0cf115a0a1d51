// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.checks;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import java.util.List;
import java.util.Optional;

/** Element types of operands and output go together. */
public final class VerifyTypes implements GraphCheck {

  @Override
  public List<String> problems(Graph graph) {
    return graph.ops().stream().map(op -> problem(graph, op)).flatMap(Optional::stream).toList();
  }

  private static Optional<String> problem(Graph graph, Op op) {
    List<DType> operands = op.inputs().stream().map(id -> graph.tensor(id).type()).toList();
    DType output = graph.tensor(op.output()).type();
    return op.accept(new TypeRule(operands, output))
        ? Optional.empty()
        : Optional.of(
            op.kind() + " that writes " + op.output() + " makes " + output + " of " + operands);
  }
}
