// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Places buffers so that the arena is small. Buffers are put one after the other at the lowest
 * address that is free; the order decides how good the result is. Several orders known to be good
 * are tried, then the best is improved by moving one buffer at a time, with a fixed seed, until the
 * lower bound is met or the effort is spent. The problem is bin packing in two dimensions
 * (NP-complete), so no promise of optimality is made: the plan reports its lower bound.
 */
final class ArenaPlanner {
  private static final long SEED = 0x46414353L;

  /** Offsets of the buffers, in the problem's order. */
  record Placement(List<Integer> offsets, int bytes) {
    Placement {
      offsets = List.copyOf(offsets);
    }
  }

  private final int moves;

  /**
   * @param moves how many changed orders to try after the known ones
   */
  ArenaPlanner(int moves) {
    this.moves = moves;
  }

  Placement plan(ArenaProblem problem) {
    int bound = problem.lowerBound();
    int[] bestOrder = new int[0];
    Placement best = new Placement(List.of(), Integer.MAX_VALUE);
    for (int[] order : knownOrders(problem)) {
      Placement placement = place(problem, order);
      if (placement.bytes() < best.bytes()) {
        best = placement;
        bestOrder = order;
      }
    }
    return best.bytes() <= bound ? best : improve(problem, best, bestOrder, bound);
  }

  private Placement improve(ArenaProblem problem, Placement start, int[] startOrder, int bound) {
    SplittableRandom random = new SplittableRandom(SEED);
    Placement best = start;
    int[] order = startOrder;
    for (int i = 0; i < moves && best.bytes() > bound && order.length > 1; i++) {
      int[] changed = moved(order, random.nextInt(order.length), random.nextInt(order.length));
      if (random.nextBoolean()) {
        changed = moved(changed, random.nextInt(order.length), random.nextInt(order.length));
      }
      Placement placement = place(problem, changed);
      // Equal counts as better: it lets the search walk along plateaus.
      if (placement.bytes() <= best.bytes()) {
        best = placement;
        order = changed;
      }
    }
    return best;
  }

  private static int[] moved(int[] order, int from, int to) {
    List<Integer> list = new ArrayList<>(Arrays.stream(order).boxed().toList());
    list.add(to, list.remove(from));
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<int[]> knownOrders(ArenaProblem problem) {
    List<ArenaProblem.Buffer> buffers = problem.buffers();
    Comparator<Integer> bySize = Comparator.comparing(i -> -buffers.get(i).bytes());
    Comparator<Integer> byArea =
        Comparator.comparing(
            i -> -(long) buffers.get(i).bytes() * (buffers.get(i).last() - buffers.get(i).first()));
    Comparator<Integer> byLength =
        Comparator.comparing(i -> buffers.get(i).first() - buffers.get(i).last());
    Comparator<Integer> byFirst = Comparator.comparing(i -> buffers.get(i).first());
    Comparator<Integer> byLast = Comparator.comparing(i -> -buffers.get(i).last());
    List<int[]> orders = new ArrayList<>();
    for (Comparator<Integer> order :
        List.of(
            bySize.thenComparing(byFirst),
            bySize.thenComparing(byLast),
            byArea.thenComparing(byFirst),
            byLength.thenComparing(bySize),
            byFirst.thenComparing(bySize),
            byLast.thenComparing(bySize))) {
      orders.add(
          IntStream.range(0, buffers.size())
              .boxed()
              .sorted(order.thenComparing(Comparator.naturalOrder()))
              .mapToInt(Integer::intValue)
              .toArray());
    }
    return orders;
  }

  /** Every buffer in turn at the lowest offset that the ones before it leave. */
  static Placement place(ArenaProblem problem, int[] order) {
    int[] offsets = new int[order.length];
    int bytes = 0;
    for (int i = 0; i < order.length; i++) {
      int offset = lowestFree(problem, order, i, offsets);
      offsets[order[i]] = offset;
      bytes = Math.max(bytes, offset + problem.buffers().get(order[i]).bytes());
    }
    return new Placement(Arrays.stream(offsets).boxed().toList(), bytes);
  }

  /** Intervals of offsets that a placed buffer forbids: (above low, below high), both excluded. */
  private record Forbidden(long low, long high) {}

  private static int lowestFree(ArenaProblem problem, int[] order, int count, int[] offsets) {
    int buffer = order[count];
    List<Forbidden> forbidden = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int placed = order[i];
      if (problem.buffers().get(placed).meets(problem.buffers().get(buffer))) {
        long low = (long) offsets[placed] - problem.gap(buffer, placed);
        long high = (long) offsets[placed] + problem.gap(placed, buffer);
        forbidden.add(new Forbidden(low, high));
      }
    }
    forbidden.sort(Comparator.comparingLong(Forbidden::low));
    int offset = 0;
    for (Forbidden interval : forbidden) {
      if (interval.low() < offset && offset < interval.high()) {
        offset = problem.align(Math.toIntExact(interval.high()));
      }
    }
    return offset;
  }
}
