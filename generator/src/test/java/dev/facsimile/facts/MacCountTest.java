// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MacCountTest {

  @Test
  void countsProductsOfWeightsOnly() {
    Graph graph =
        GraphChain.graph()
            .input("x", 1, 8, 8, 3)
            .conv2d(4, 3, 2, Activation.RELU)
            .depthwiseConv2d(2, 3, 1, Activation.RELU)
            .averagePool(4, 4)
            .fullyConnected(10, Activation.NONE)
            .softmax(1f)
            .build();

    assertThat(graph.ops().stream().map(op -> MacCount.of(graph, op)))
        .containsExactly(4L * 4 * 4 * 27, 4L * 4 * 8 * 9, 0L, 80L, 0L);
    assertThat(MacCount.total(graph)).isEqualTo(1728 + 1152 + 80);
  }

  @ParameterizedTest
  @CsvSource({
    "vww_96_int8, 7489664",
    "vww_96_f32, 7489664",
    "resnet8_int8, 12501632",
    "resnet8_f32, 12501632"
  })
  void agreesWithPublishedCounts(String name, long macs) {
    assertThat(MacCount.total(TfliteReader.read(RealNetworks.read(name)).graph())).isEqualTo(macs);
  }
}
