// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.facts.Liveness;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.TensorId;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Steps between which each activation holds its memory, seen from the caller of the network: inputs
 * are written before the first step (-1) and outputs are read after the last.
 */
final class Lifetimes {
  /** First and last step, both included. */
  record Span(int first, int last) {
    Span hull(Span other) {
      return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }

    boolean overlaps(Span other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final SortedMap<TensorId, Span> spans = new TreeMap<>();

  Lifetimes(Graph graph) {
    Liveness.of(graph)
        .intervals()
        .forEach((id, interval) -> spans.put(id, new Span(interval.first(), interval.last())));
    for (Port input : graph.inputs()) {
      spans.computeIfPresent(input.tensor(), (id, span) -> new Span(-1, span.last()));
    }
    for (Port output : graph.outputs()) {
      spans.computeIfPresent(
          output.tensor(), (id, span) -> new Span(span.first(), graph.ops().size()));
    }
  }

  SortedMap<TensorId, Span> spans() {
    return spans;
  }

  Span of(TensorId tensor) {
    return spans.get(tensor);
  }
}
