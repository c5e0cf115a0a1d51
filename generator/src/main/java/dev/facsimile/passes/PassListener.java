// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.Graph;

/** Hears of every pass that changed the graph: {@code --dump-ir-after} is one. */
@FunctionalInterface
public interface PassListener {

  /** Called after the pass and its checks. */
  void changed(GraphPass pass, Graph before, Graph after);
}
