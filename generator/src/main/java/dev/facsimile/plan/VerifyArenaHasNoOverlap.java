// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;

/**
 * Proves that no buffer is overwritten while it is needed, by running the network on an arena of
 * labels. Every byte that an operator writes gets a number of its own; every byte that an operator
 * or the caller reads must still carry the number it was written with. Where the plan lets an
 * output grow over an operand, reads and writes are replayed in the order the kernels promise,
 * pixel by pixel. Knows nothing of how the plan was found.
 */
public final class VerifyArenaHasNoOverlap {
  private VerifyArenaHasNoOverlap() {}

  /**
   * Replays the whole network once.
   *
   * @throws IllegalStateException if a byte is lost: a bug in the planner
   */
  public static void verify(Graph graph, MemoryPlan plan) {
    LabelledArena arena = new LabelledArena(graph, plan);
    for (Port input : graph.inputs()) {
      arena.define(input.tensor());
      arena.writeAll(input.tensor());
    }
    arena.atStep("the caller's writing of the inputs");
    graph.inputs().forEach(input -> arena.requireAll(input.tensor()));
    for (int step = 0; step < graph.ops().size(); step++) {
      Op op = graph.ops().get(step);
      arena.atStep(op.kind() + " at step " + step);
      op.accept(new AccessReplay(graph, arena));
    }
    arena.atStep("the caller's reading of the outputs");
    for (Port output : graph.outputs()) {
      if (!graph.tensor(output.tensor()).isConstant()) {
        arena.requireAll(output.tensor());
      }
    }
  }
}
