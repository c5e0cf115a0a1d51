// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;
import dev.facsimile.interpret.KernelOracle;
import dev.facsimile.quantize.AccumulatorBound;
import dev.facsimile.quantize.Codes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Layers of int16 whose sums reach beyond 32 bits: TensorFlow Lite's reference kernels, the
 * interpreter and the generated C under sanitizers give the same bytes.
 */
final class WideSumsTest {
  @TempDir private Path folder;

  @Test
  void convolutionsAgree() throws Exception {
    GraphChain chain = GraphChain.graph().longBiases(true).input16("x", 1e-3f, 1, 3, 3, 200);
    assertAgreement(chain.conv2d(3, 3, 1, Activation.NONE).build());
  }

  @Test
  void depthwiseConvolutionsAgree() throws Exception {
    GraphChain chain = GraphChain.graph().longBiases(true).input16("x", 1e-3f, 1, 41, 41, 2);
    assertAgreement(chain.depthwiseConv2d(1, 41, 41, Activation.NONE).build());
  }

  @Test
  void matrixProductsAgree() throws Exception {
    GraphChain chain = GraphChain.graph().longBiases(true).input16("x", 1e-3f, 2, 1700);
    assertAgreement(chain.fullyConnected(5, Activation.NONE).build());
  }

  private void assertAgreement(Graph graph) throws Exception {
    assertThat(AccumulatorBound.prove(graph)).allMatch(AccumulatorBound::needs64Bits);
    List<List<byte[]>> runs = runs(graph);
    KernelOracle.assertEveryTensorEqual(graph, runs);
    CaseBatch program = new CaseBatch(folder);
    program.add("sums", graph, runs);
    assertThat(program.failures()).isEmpty();
  }

  /** Noise; and the inputs that make the first channel's sum as large, and as small, as it gets. */
  private static List<List<byte[]>> runs(Graph graph) {
    byte[] noise = new byte[graph.tensor(graph.inputs().get(0).tensor()).bytes()];
    new Random(3).nextBytes(noise);
    List<List<byte[]>> runs = new ArrayList<>();
    runs.add(List.of(noise));
    TensorId filter = graph.ops().get(0).inputs().get(1);
    for (boolean largest : new boolean[] {true, false}) {
      ByteBuffer weights = graph.tensor(filter).data().orElseThrow().asReadOnlyBuffer();
      byte[] input = new byte[noise.length];
      for (int i = 0; i < input.length / 2; i++) {
        boolean positive = weights.get(i % weights.limit()) > 0;
        Codes.INT16.put(input, i, positive == largest ? Short.MAX_VALUE : Short.MIN_VALUE);
      }
      runs.add(List.of(input));
    }
    return runs;
  }
}
