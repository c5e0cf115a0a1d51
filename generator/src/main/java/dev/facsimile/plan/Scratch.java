// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.facts.SequenceLayout;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;

/** Memory that a kernel works in and that means nothing before and after it. */
final class Scratch {
  private static final int STATE_BYTES = 2;

  private Scratch() {}

  /** 0 for operators that need none: all but recurrent ones, which keep their states there. */
  static int bytes(Graph graph, Op op) {
    return op instanceof Lstm lstm ? STATE_BYTES * SequenceLayout.of(graph, lstm).cells() : 0;
  }
}
