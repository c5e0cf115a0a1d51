// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.checks;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The graph's inputs and outputs are still those the user knows: same names, order, shapes. */
public final class VerifyPortsUnchanged implements GraphCheck {
  private final Graph before;
  private final boolean typesMayChange;

  /**
   * Compares with the graph before a pass.
   *
   * @param before the graph the pass was given
   * @param typesMayChange whether the pass may change element type and quantization of ports
   */
  public VerifyPortsUnchanged(Graph before, boolean typesMayChange) {
    this.before = before;
    this.typesMayChange = typesMayChange;
  }

  @Override
  public List<String> problems(Graph after) {
    List<String> problems = new ArrayList<>();
    compare(problems, before.inputs(), after.inputs(), after);
    compare(problems, before.outputs(), after.outputs(), after);
    return problems;
  }

  private void compare(List<String> problems, List<Port> old, List<Port> now, Graph after) {
    if (!names(old).equals(names(now))) {
      problems.add("ports " + names(old) + " became " + names(now));
      return;
    }
    for (int i = 0; i < old.size(); i++) {
      Tensor was = before.tensor(old.get(i).tensor());
      Tensor is = after.tensor(now.get(i).tensor());
      boolean sameType = was.type() == is.type() && was.quantization().equals(is.quantization());
      if (!was.shape().equals(is.shape()) || !(sameType || typesMayChange)) {
        problems.add(
            "port '%s' was %s%s and is %s%s"
                .formatted(old.get(i).name(), was.type(), was.shape(), is.type(), is.shape()));
      }
    }
  }

  private static List<String> names(List<Port> ports) {
    return ports.stream().map(Port::name).toList();
  }
}
