// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.TensorId;
import dev.facsimile.plan.ArenaProblem.Buffer;
import dev.facsimile.plan.ArenaProblem.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the smallest arena it can: tries every {@link Aliases.Policy}, lets operands be overwritten
 * while they are read where that saves much, and keeps the best placement.
 */
public final class MemoryPlanner {
  private static final int MOVES = 4000;

  /** An overlap costs the layer some speed: it must save at least this part of the arena. */
  private static final int WORTHWHILE = 16;

  private final int alignment;
  private final boolean overlapRows;

  /**
   * A planner that may ask convolutions to go row by row.
   *
   * @param alignment of each buffer, a power of two: 4 or 8 for the portable kernels, 16 for Helium
   */
  public MemoryPlanner(int alignment) {
    this(alignment, true);
  }

  /**
   * Plans for kernels of one kind.
   *
   * @param alignment of each buffer, a power of two
   * @param overlapRows false where no output may overlap an operand, unless it is exactly in the
   *     place of one
   */
  public MemoryPlanner(int alignment, boolean overlapRows) {
    if (Integer.bitCount(alignment) != 1) {
      throw new IllegalArgumentException("alignment must be a power of two but was " + alignment);
    }
    this.alignment = alignment;
    this.overlapRows = overlapRows;
  }

  /** The best plan found, proved by {@link VerifyArenaHasNoOverlap}. */
  public MemoryPlan plan(Graph graph) {
    Lifetimes lifetimes = new Lifetimes(graph);
    MemoryPlan best = null;
    for (Aliases.Policy policy : Aliases.policies(graph)) {
      MemoryPlan plan = plan(graph, lifetimes, new Aliases(graph, lifetimes, policy));
      if (best == null || plan.arenaBytes() < best.arenaBytes()) {
        best = plan;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no policy was tried");
    }
    VerifyArenaHasNoOverlap.verify(graph, best);
    return best;
  }

  private MemoryPlan plan(Graph graph, Lifetimes lifetimes, Aliases aliases) {
    List<TensorId> roots = aliases.roots();
    List<Buffer> buffers = new ArrayList<>();
    roots.forEach(root -> buffers.add(buffer(graph, lifetimes, aliases, root)));
    SortedMap<TensorId, Integer> scratch = addScratch(graph, buffers);
    ArenaProblem problem = new ArenaProblem(buffers, List.of(), alignment, graph.ops().size());
    ArenaPlanner.Placement placement = new ArenaPlanner(MOVES).plan(problem);
    if (overlapRows) {
      ArenaProblem relaxed = problem.withRules(rules(graph, aliases, roots, buffers));
      Optional<ArenaPlanner.Placement> smaller = overlapped(relaxed, placement);
      if (smaller.isPresent()) {
        problem = relaxed;
        placement = smaller.get();
      }
    }
    SortedMap<TensorId, Slot> slots = new TreeMap<>();
    for (TensorId id : lifetimes.spans().keySet()) {
      int root = roots.indexOf(aliases.root(id));
      slots.put(
          id,
          new Slot(
              placement.offsets().get(root) + aliases.offsetInRoot(id), graph.tensor(id).bytes()));
    }
    return new MemoryPlan(
        problem.align(placement.bytes()),
        alignment,
        problem.lowerBound(),
        peakStep(problem, placement),
        slots,
        places(scratch, buffers, placement));
  }

  /** Adds a buffer for each operator that works in one; says which, by the operators' outputs. */
  private static SortedMap<TensorId, Integer> addScratch(Graph graph, List<Buffer> buffers) {
    SortedMap<TensorId, Integer> added = new TreeMap<>();
    for (int step = 0; step < graph.ops().size(); step++) {
      int bytes = Scratch.bytes(graph, graph.ops().get(step));
      if (bytes > 0) {
        added.put(graph.ops().get(step).output(), buffers.size());
        buffers.add(new Buffer(bytes, step, step));
      }
    }
    return added;
  }

  private static SortedMap<TensorId, Slot> places(
      SortedMap<TensorId, Integer> scratch,
      List<Buffer> buffers,
      ArenaPlanner.Placement placement) {
    SortedMap<TensorId, Slot> slots = new TreeMap<>();
    scratch.forEach(
        (id, index) ->
            slots.put(id, new Slot(placement.offsets().get(index), buffers.get(index).bytes())));
    return slots;
  }

  /**
   * A placement with overlaps, if it is worth it. Only where the buffers of a step would not fit
   * beside each other does the final placement let them overlap.
   */
  private static Optional<ArenaPlanner.Placement> overlapped(
      ArenaProblem relaxed, ArenaPlanner.Placement apart) {
    ArenaPlanner.Placement smallest = new ArenaPlanner(MOVES).plan(relaxed);
    if (smallest.bytes() > apart.bytes() - apart.bytes() / WORTHWHILE) {
      return Optional.empty();
    }
    List<Rule> needed =
        relaxed.rules().stream()
            .filter(rule -> relaxed.liveBytes(rule.step()) > smallest.bytes())
            .toList();
    ArenaPlanner.Placement sparing = new ArenaPlanner(MOVES).plan(relaxed.withRules(needed));
    return Optional.of(sparing.bytes() <= smallest.bytes() ? sparing : smallest);
  }

  private static Buffer buffer(Graph graph, Lifetimes lifetimes, Aliases aliases, TensorId root) {
    Lifetimes.Span span = lifetimes.of(root);
    for (TensorId member : aliases.members(root)) {
      span = span.hull(lifetimes.of(member));
    }
    return new Buffer(graph.tensor(root).bytes(), span.first(), span.last());
  }

  /**
   * An operand's buffer that dies at the step at which the output's buffer is born may lie over it,
   * where the operator reads ahead of what it writes.
   */
  private static List<Rule> rules(
      Graph graph, Aliases aliases, List<TensorId> roots, List<Buffer> buffers) {
    List<Rule> rules = new ArrayList<>();
    for (int step = 0; step < graph.ops().size(); step++) {
      Op op = graph.ops().get(step);
      int output = roots.indexOf(aliases.root(op.output()));
      SortedMap<Integer, OptionalInt> distances = new TreeMap<>();
      for (TensorId operand : op.inputs()) {
        if (!graph.tensor(operand).isConstant()) {
          int input = roots.indexOf(aliases.root(operand));
          OptionalInt distance = bufferDistance(graph, aliases, op, operand);
          distances.merge(input, distance, MemoryPlanner::larger);
        }
      }
      int now = step;
      distances.forEach(
          (input, distance) -> {
            if (input != output
                && distance.isPresent()
                && buffers.get(input).last() == now
                && buffers.get(output).first() == now) {
              rules.add(new Rule(input, output, distance.getAsInt(), now));
            }
          });
    }
    return rules;
  }

  private static OptionalInt bufferDistance(Graph graph, Aliases aliases, Op op, TensorId operand) {
    OptionalInt distance = ReadWriteDistance.of(graph, op, operand);
    return distance.isEmpty()
        ? distance
        : OptionalInt.of(
            distance.getAsInt()
                + aliases.offsetInRoot(op.output())
                - aliases.offsetInRoot(operand));
  }

  /** The stricter of two distances; none at all where one is missing. */
  private static OptionalInt larger(OptionalInt a, OptionalInt b) {
    return a.isEmpty() || b.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Math.max(a.getAsInt(), b.getAsInt()));
  }

  /** The step at which the buffers in use cover most bytes; the first of several. */
  private static int peakStep(ArenaProblem problem, ArenaPlanner.Placement placement) {
    int peak = 0;
    int most = -1;
    for (int step = 0; step < problem.steps(); step++) {
      int covered = covered(problem, placement, step);
      if (covered > most) {
        most = covered;
        peak = step;
      }
    }
    return peak;
  }

  private static int covered(ArenaProblem problem, ArenaPlanner.Placement placement, int step) {
    BitSet bytes = new BitSet();
    for (int i = 0; i < problem.buffers().size(); i++) {
      if (problem.buffers().get(i).isLiveAt(step)) {
        int offset = placement.offsets().get(i);
        bytes.set(offset, offset + problem.buffers().get(i).bytes());
      }
    }
    return bytes.cardinality();
  }
}
