// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.TensorId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * During which steps each activation must be kept. Step n is the run of operator n of {@link
 * Graph#ops()}. Constants have no interval.
 */
public final class Liveness {

  /**
   * Steps, both included, at which the tensor must be in memory.
   *
   * @param first the step that writes it; 0 for an input of the graph
   * @param last the last step that reads it; the graph's last step for an output; {@code first}
   *     where nobody reads it
   */
  public record Interval(int first, int last) {
    public boolean contains(int step) {
      return first <= step && step <= last;
    }

    public boolean overlaps(Interval other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final SortedMap<TensorId, Interval> intervals;

  private Liveness(SortedMap<TensorId, Interval> intervals) {
    this.intervals = Collections.unmodifiableSortedMap(intervals);
  }

  public static Liveness of(Graph graph) {
    SortedMap<TensorId, Interval> intervals = new TreeMap<>();
    for (Port input : graph.inputs()) {
      intervals.put(input.tensor(), new Interval(0, 0));
    }
    for (int step = 0; step < graph.ops().size(); step++) {
      Op op = graph.ops().get(step);
      for (TensorId operand : op.inputs()) {
        extend(intervals, operand, step);
      }
      intervals.put(op.output(), new Interval(step, step));
    }
    int lastStep = Math.max(0, graph.ops().size() - 1);
    for (Port output : graph.outputs()) {
      extend(intervals, output.tensor(), lastStep);
    }
    return new Liveness(intervals);
  }

  private static void extend(SortedMap<TensorId, Interval> intervals, TensorId tensor, int step) {
    intervals.computeIfPresent(tensor, (id, old) -> new Interval(old.first(), step));
  }

  /** Every activation and its interval, in the order of ids. */
  public SortedMap<TensorId, Interval> intervals() {
    return intervals;
  }

  /** The interval of one activation; a bug in the caller for constants. */
  public Interval of(TensorId tensor) {
    Interval interval = intervals.get(tensor);
    if (interval == null) {
      throw new IllegalArgumentException(tensor + " is not an activation of this graph");
    }
    return interval;
  }

  /** Whether {@code step} is the last that reads {@code tensor}: its memory may be the output's. */
  public boolean diesAt(TensorId tensor, int step) {
    Interval interval = intervals.get(tensor);
    return interval != null && interval.last() == step;
  }
}
