// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {
  @Test
  void findsTheOneOperatorOfAChainThatFails() {
    long seed = seedOfAChain();
    RandomDraws draws = RandomDraws.of(seed);
    Graph large = RandomIntegerGraphs.graph(RandomIntegerGraphs.CHAIN, draws, seed);
    List<Integer> shrunk = Shrinker.shrink(draws.drawn(), d -> fails(graph(d, seed)), 10);
    Graph small = graph(shrunk, seed);
    assertThat(fails(small)).isTrue();
    assertThat(small.ops()).hasSizeLessThanOrEqualTo(2).hasSizeLessThan(large.ops().size());
    assertThat(bytes(small)).isLessThan(bytes(large) / 4);
    assertThat(shrunk).hasSizeLessThan(draws.drawn().size());
  }

  @Test
  void keepsDrawsOfWhichNoneCanBeMissed() {
    List<Integer> draws = List.of(3, 1, 4);
    assertThat(Shrinker.shrink(draws, d -> d.equals(draws), 10)).isEqualTo(draws);
  }

  private static long seedOfAChain() {
    long seed = 1;
    while (RandomIntegerGraphs.graph(RandomIntegerGraphs.CHAIN, seed).ops().size() < 5
        || !fails(RandomIntegerGraphs.graph(RandomIntegerGraphs.CHAIN, seed))) {
      seed++;
    }
    return seed;
  }

  private static Graph graph(List<Integer> draws, long seed) {
    return RandomIntegerGraphs.graph(RandomIntegerGraphs.CHAIN, RandomDraws.repeating(draws), seed);
  }

  /** As if pooling went wrong where it leaves out lines. */
  private static boolean fails(Graph graph) {
    return graph.ops().stream().anyMatch(ShrinkerTest::fails);
  }

  private static boolean fails(Op op) {
    return op instanceof Pool2d pool && skips(pool.window());
  }

  private static boolean skips(Window window) {
    return window.strideH() > window.kernelH();
  }

  private static int bytes(Graph graph) {
    return graph.tensors().stream().mapToInt(tensor -> tensor.bytes()).sum();
  }
}
