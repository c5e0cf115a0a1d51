// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.facts.MacCount;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealNetworksPassTest {

  @ParameterizedTest
  @ValueSource(strings = {"resnet8_f32", "vww_96_f32", "mnist_dw_f32", "mtcnn_rnet_f32"})
  void keepsFloatOutputs(String name) {
    Graph before = read(name);
    Equivalence.assertCloseOutputs(before, PassPipeline.standard().run(before), 1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet8_int8", "vww_96_int8", "mnist_dw_int8"})
  void keepsEveryBitOfIntegerOutputs(String name) {
    Graph before = read(name);
    Equivalence.assertSameOutputs(before, PassPipeline.standard().run(before));
  }

  @Test
  void findsTheRectifiersAndTheSoftmaxThatWereSpeltOut() {
    Graph after = PassPipeline.standard().run(read("mtcnn_rnet_f32"));

    assertThat(kinds(after))
        .containsExactly(
            "CONV_2D",
            "PRELU",
            "MAX_POOL_2D",
            "CONV_2D",
            "PRELU",
            "MAX_POOL_2D",
            "CONV_2D",
            "PRELU",
            "FULLY_CONNECTED",
            "PRELU",
            "FULLY_CONNECTED",
            "FULLY_CONNECTED",
            "SOFTMAX");
  }

  @Test
  void halvesVisualWakeWords() {
    assertThat(MacCount.total(PassPipeline.standard().run(read("vww_96_int8"))))
        .isEqualTo(3_729_221);
  }

  private static List<String> kinds(Graph graph) {
    return graph.ops().stream().map(Op::kind).toList();
  }

  private static Graph read(String name) {
    return TfliteReader.read(RealNetworks.read(name)).graph();
  }
}
