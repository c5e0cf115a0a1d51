// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static dev.facsimile.graph.Activation.NONE;
import static dev.facsimile.graph.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.TensorId;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.interpret.ParallelRunner;
import dev.facsimile.quantize.Quantizer;
import dev.facsimile.quantize.ScaleGroups;
import dev.facsimile.quantize.ValueRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PrefixCacheTest {
  private static final int EXAMPLES = 5;

  /** Two branches, an addition and an early output. */
  private final Graph graph = branches();

  private final ScaleGroups groups = ScaleGroups.of(graph, Map.of());

  private static Graph branches() {
    GraphChain chain = GraphChain.graph().input("x", 1, 6, 6, 2).conv2d(3, 3, 1, RELU);
    TensorId trunk = chain.last();
    TensorId early = chain.reduce(Reduce.Kind.MEAN, false, 1, 2).output("early").last();
    TensorId left = chain.from(trunk).conv2d(3, 3, 1, NONE).last();
    assertThat(early).isNotEqualTo(left);
    return chain
        .from(trunk)
        .conv2d(3, 1, 1, RELU)
        .add(left)
        .maxPool(2, 2)
        .reshape(1, 27)
        .fullyConnected(2, NONE)
        .output("late")
        .build();
  }

  private Graph variant(List<Double> widths) {
    List<ValueRange> ranges = new ArrayList<>();
    widths.forEach(width -> ranges.add(new ValueRange(-width, width)));
    Map<TensorId, Quantization.PerTensor> scales = groups.quantizations(ranges);
    return Quantizer.quantize(graph, scales);
  }

  private static List<byte[]> input(int example, Graph integer) {
    byte[] codes = new byte[72];
    new Random(
            example
                + 100L * integer.tensor(integer.inputs().get(0).tensor()).perTensor().hashCode())
        .nextBytes(codes);
    return List.of(codes);
  }

  @Test
  void givesWhatRunningTheWholeNetworkGives() {
    PrefixCache cache = new PrefixCache(new ParallelRunner(2), EXAMPLES, PrefixCacheTest::input);
    Random random = new Random(3);
    List<Double> widths = new ArrayList<>();
    groups.groups().forEach(group -> widths.add(2.0));
    cache.rebase(variant(widths));
    // Forward through the network as a search goes, then backward, then at random.
    List<Integer> order = new ArrayList<>();
    for (int g = 0; g < widths.size(); g++) {
      order.add(g);
      order.add(g);
    }
    for (int g = widths.size() - 1; g >= 0; g--) {
      order.add(g);
    }
    random.ints(10, 0, widths.size()).forEach(order::add);
    for (int group : order) {
      List<Double> tried = new ArrayList<>(widths);
      tried.set(group, 0.5 + 3 * random.nextDouble());
      Graph integer = variant(tried);
      assertSame(cache, integer);
      if (random.nextBoolean()) {
        widths.set(group, tried.get(group));
        cache.rebase(integer);
        assertSame(cache, integer);
      }
    }
  }

  private static void assertSame(PrefixCache cache, Graph integer) {
    List<List<byte[]>> outputs = cache.run(integer, (example, codes) -> codes);
    IntegerInterpreter interpreter = new IntegerInterpreter(integer);
    for (int example = 0; example < EXAMPLES; example++) {
      List<byte[]> expected = interpreter.run(input(example, integer));
      for (int port = 0; port < expected.size(); port++) {
        assertThat(outputs.get(example).get(port)).isEqualTo(expected.get(port));
      }
    }
  }
}
