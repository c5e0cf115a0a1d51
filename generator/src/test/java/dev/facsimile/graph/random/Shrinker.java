// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds fewer and smaller draws for which something still fails. A test of draws, not of networks:
 * it needs no knowledge of operators.
 */
public final class Shrinker {
  private final Predicate<List<Integer>> fails;
  private final long deadline;
  private List<Integer> best;

  private Shrinker(List<Integer> draws, Predicate<List<Integer>> fails, long deadline) {
    this.best = List.copyOf(draws);
    this.fails = fails;
    this.deadline = deadline;
  }

  /**
   * The simplest draws found within some seconds; these draws themselves where none is simpler.
   *
   * @param fails must be true of {@code draws}
   */
  public static List<Integer> shrink(
      List<Integer> draws, Predicate<List<Integer>> fails, int seconds) {
    Shrinker shrinker = new Shrinker(draws, fails, System.nanoTime() + seconds * 1_000_000_000L);
    boolean shrunk = true;
    while (shrunk && shrinker.hasTime()) {
      shrunk = shrinker.cut();
      shrunk |= shrinker.remove();
      shrunk |= shrinker.lower();
      shrunk = shrunk || shrinker.countDown();
    }
    return shrinker.best;
  }

  private boolean hasTime() {
    return System.nanoTime() < deadline;
  }

  /** Drops the end: what is missing counts as 0. */
  private boolean cut() {
    boolean shrunk = false;
    for (int length = best.size() / 2; length > 0 && hasTime(); length /= 2) {
      while (best.size() >= length && accept(best.subList(0, best.size() - length))) {
        shrunk = true;
      }
    }
    return shrunk;
  }

  /** Drops blocks from the middle: whole operators, axes, axes' parameters. */
  private boolean remove() {
    boolean shrunk = false;
    for (int length = 16; length > 0; length /= 2) {
      for (int at = 0; at + length <= best.size() && hasTime(); ) {
        List<Integer> shorter = new ArrayList<>(best);
        shorter.subList(at, at + length).clear();
        if (accept(shorter)) {
          shrunk = true;
        } else {
          at++;
        }
      }
    }
    return shrunk;
  }

  private boolean lower() {
    boolean shrunk = false;
    for (int at = 0; at < best.size() && hasTime(); at++) {
      int draw = best.get(at);
      shrunk |= draw != 0 && (accept(at, 0) || accept(at, draw / 2) || accept(at, draw - 1));
    }
    return shrunk;
  }

  /** Takes one from a draw and a block from behind it: a count, and one of what it counts. */
  private boolean countDown() {
    for (int at = 0; at < best.size(); at++) {
      for (int from = at + 1; best.get(at) > 0 && from < best.size(); from++) {
        for (int to = from + 1; to <= best.size() && to <= from + 16 && hasTime(); to++) {
          List<Integer> shorter = new ArrayList<>(best);
          shorter.set(at, best.get(at) - 1);
          shorter.subList(from, to).clear();
          if (accept(shorter)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean accept(int at, int draw) {
    List<Integer> lower = new ArrayList<>(best);
    lower.set(at, draw);
    return accept(lower);
  }

  private boolean accept(List<Integer> draws) {
    if (!hasTime() || !fails.test(draws)) {
      return false;
    }
    best = List.copyOf(draws);
    return true;
  }
}
