// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.Graph;
import java.util.Optional;

/**
 * One rewrite. Deterministic and idempotent: applied to its own result it finds nothing to do.
 * Implementations are named classes, because users read the name in diagnostics and give it to
 * {@code --dump-ir-after}.
 */
public interface GraphPass {

  /** The rewritten graph, or empty where nothing applied. */
  Optional<Graph> apply(Graph graph);

  /** Verb and object, as in {@code FuseActivation}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Whether element type and quantization of the graph's inputs and outputs may change. Their names
   * and shapes never do.
   */
  default boolean mayChangePortTypes() {
    return false;
  }
}
