// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Appends operators that only move elements, with random parameters, to a chain. */
public final class RandomMoves {
  private final Random random;
  private final GraphChain chain;

  public RandomMoves(Random random, GraphChain chain) {
    this.random = random;
    this.chain = chain;
  }

  public void transpose() {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, chain.shape().rank()).boxed().toList());
    Collections.shuffle(order, random);
    chain.transpose(order.toArray(Integer[]::new));
  }

  /** Forwards and backwards, with steps, now and then all of an axis. */
  public void slice() {
    List<Integer> begin = new ArrayList<>();
    List<Integer> stride = new ArrayList<>();
    int[] size = chain.shape().toArray();
    for (int axis = 0; axis < size.length; axis++) {
      int extent = size[axis];
      boolean whole = random.nextBoolean();
      int first = whole ? 0 : random.nextInt(extent);
      int step = whole ? 1 : 1 + random.nextInt(3);
      size[axis] = whole ? extent : 1 + random.nextInt((extent - 1 - first) / step + 1);
      boolean backwards = random.nextInt(4) == 0;
      begin.add(backwards ? first + (size[axis] - 1) * step : first);
      stride.add(backwards ? -step : step);
    }
    chain.slice(begin, stride, size);
  }

  public void gather() {
    int axis = random.nextInt(chain.shape().rank());
    int extent = chain.shape().dim(axis);
    chain.gather(
        axis, random.ints(1 + random.nextInt(7), 0, extent).boxed().toArray(Integer[]::new));
  }
}
