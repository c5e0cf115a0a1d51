// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.facts.MacCount;
import dev.facsimile.graph.Graph;
import dev.facsimile.passes.Equivalence;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealNetworksSlimTest {
  private final PassPipeline pipeline = new PassPipeline(List.of(new RemoveDeadChannels()));

  @Test
  void halvesTheIntegerVisualWakeWordsNetworkLosslessly() {
    Graph before = read("vww_96_int8");
    Graph after = pipeline.run(before);

    assertThat(MacCount.total(before)).isEqualTo(7_489_664);
    assertThat(MacCount.total(after)).isEqualTo(3_729_221);
    Equivalence.assertSameOutputs(before, after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"resnet8_int8", "resnet8_f32", "mnist_dw_int8", "mnist_dw_f32", "vww_96_f32"})
  void findsNothingInNetworksWithoutDeadChannels(String name) {
    assertThat(new RemoveDeadChannels().apply(read(name))).isEmpty();
  }

  private static Graph read(String name) {
    return TfliteReader.read(RealNetworks.read(name)).graph();
  }
}
