// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.random.RandomIntegerGraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The passes together, on networks nobody thought of. */
final class RandomGraphsPassTest {

  @Provide
  Arbitrary<Graph> graphs() {
    return RandomIntegerGraphs.arbitrary();
  }

  @Property(tries = 400)
  void keepEveryBit(@ForAll("graphs") Graph graph) {
    Equivalence.assertSameOutputs(graph, PassPipeline.standard().run(graph));
  }

  @Property(tries = 400)
  void keepEveryBitWhereWeightsAreSparse(@ForAll("graphs") Graph graph, @ForAll long seed) {
    Graph sparse = sparse(graph, new Random(seed));
    Equivalence.assertSameOutputs(sparse, PassPipeline.standard().run(sparse));
  }

  /** Zeroes runs of weights, whole filters among them, so that channels are constant or unread. */
  private static Graph sparse(Graph graph, Random random) {
    List<Tensor> thinned = new ArrayList<>();
    for (Op op : graph.ops()) {
      if (op instanceof Conv2d || op instanceof DepthwiseConv2d || op instanceof FullyConnected) {
        Tensor filter = graph.tensor(op.inputs().get(1));
        byte[] bytes = filter.data().orElseThrow().toBytes();
        int channels = filter.shape().channels();
        int filterSize = bytes.length / filter.shape().dim(0);
        int zeroFilters = random.nextInt(1 << 16);
        int zeroColumns = random.nextInt(1 << 16);
        for (int i = 0; i < bytes.length; i++) {
          boolean inZeroFilter = (zeroFilters >> i / filterSize % 16 & 1) == 1;
          boolean inZeroColumn = (zeroColumns >> i % channels % 16 & 1) == 1;
          if (inZeroColumn || (inZeroFilter && !(op instanceof DepthwiseConv2d))) {
            bytes[i] = 0;
          }
        }
        thinned.add(
            filter.withConstant(
                filter.shape(), filter.type(), filter.quantization(), ConstantBytes.of(bytes)));
      }
    }
    return graph.withTensors(thinned);
  }
}
