// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.checks;

import dev.facsimile.graph.Graph;
import java.util.List;

/** One invariant across the objects of a graph. */
public interface GraphCheck {

  /** Every violation, one sentence without full stop each; empty where the invariant holds. */
  List<String> problems(Graph graph);
}
