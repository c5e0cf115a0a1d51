// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random numbers that remember what was drawn, so that the same network can be had again with some
 * draws made smaller: a draw of 0 always stands for the simplest choice, and beyond the end of what
 * is repeated every draw is 0.
 */
@SuppressWarnings("serial")
public final class RandomDraws extends Random {
  private final List<Integer> repeated;
  private final boolean repeats;
  private final List<Integer> drawn = new ArrayList<>();

  private RandomDraws(long seed, boolean repeats, List<Integer> repeated) {
    super(seed);
    this.repeats = repeats;
    this.repeated = List.copyOf(repeated);
  }

  /** Fresh draws, the same for the same seed. */
  public static RandomDraws of(long seed) {
    return new RandomDraws(seed, false, List.of());
  }

  /** These draws and then zeros. */
  public static RandomDraws repeating(List<Integer> draws) {
    return new RandomDraws(0, true, draws);
  }

  /** What was drawn until now. */
  public List<Integer> drawn() {
    return List.copyOf(drawn);
  }

  @Override
  protected int next(int bits) {
    int draw = repeats ? nextRepeated() & (int) ((1L << bits) - 1) : super.next(bits);
    drawn.add(draw);
    return draw;
  }

  @Override
  public int nextInt(int bound) {
    int draw = Math.floorMod(repeats ? nextRepeated() : super.next(31), bound);
    drawn.add(draw);
    return draw;
  }

  private int nextRepeated() {
    return drawn.size() < repeated.size() ? repeated.get(drawn.size()) : 0;
  }
}
