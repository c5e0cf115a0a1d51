// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.checks;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.OutputShape;
import dev.facsimile.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** Every output has the shape that follows from the operands' shapes. */
public final class VerifyShapes implements GraphCheck {

  @Override
  public List<String> problems(Graph graph) {
    List<String> problems = new ArrayList<>();
    for (Op op : graph.ops()) {
      Shape declared = graph.tensor(op.output()).shape();
      try {
        Shape computed = OutputShape.of(op, graph);
        if (!computed.equals(declared)) {
          problems.add(
              "%s gives %s but %s is %s".formatted(op.kind(), computed, op.output(), declared));
        }
      } catch (IllegalArgumentException e) {
        problems.add(op.kind() + " that writes " + op.output() + ": " + e.getMessage());
      }
    }
    return problems;
  }
}
