// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the cells of recurrent layers the finest power-of-two scale that holds what they were seen
 * to take. Preserves what a float network computes: only its integer form has such a scale.
 */
final class CellRanges {
  /** New data may go this much further; a cell that saturates beyond it is lost for good. */
  private static final double HEADROOM = 1.25;

  private CellRanges() {}

  static Graph narrowed(Graph graph, Observation observation) {
    List<Op> ops = new ArrayList<>();
    for (int step = 0; step < graph.ops().size(); step++) {
      Op op = graph.ops().get(step);
      ops.add(
          op instanceof Lstm lstm ? narrowed(lstm, HEADROOM * observation.largestState(step)) : op);
    }
    return graph.withOps(ops);
  }

  /** The bits that the file implies are enough for any data. */
  private static Lstm narrowed(Lstm op, double largest) {
    return op.withCellBits(Math.min(op.cellBits(), Lstm.bitsFor(largest)));
  }
}
