// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.random.RandomIntegerGraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RandomGraphsWriteTest {
  static List<String> operators() {
    return RandomIntegerGraphs.names();
  }

  @ParameterizedTest
  @MethodSource("operators")
  void theRealInterpreterRunsEveryOperatorWeWrite(String name) {
    for (long seed = 0; seed < 40; seed++) {
      runs(RandomIntegerGraphs.graph(name, seed));
    }
  }

  @Test
  void theRealInterpreterRunsChains() {
    for (long seed = 0; seed < 100; seed++) {
      runs(RandomIntegerGraphs.graph(RandomIntegerGraphs.CHAIN, seed));
    }
  }

  private static void runs(Graph graph) {
    WrittenModel written = TfliteWriter.write(graph);
    try (TfliteOracle oracle = new TfliteOracle(written.bytes())) {
      Random random = new Random(1);
      List<byte[]> inputs = new ArrayList<>();
      for (Port port : graph.inputs()) {
        byte[] input = new byte[graph.tensor(port.tensor()).bytes()];
        random.nextBytes(input);
        inputs.add(input);
      }
      oracle.run(inputs);
      for (Map.Entry<TensorId, Integer> entry : written.tensorIndex().entrySet()) {
        assertThat(oracle.bytes(entry.getValue())).isEqualTo(graph.tensor(entry.getKey()).bytes());
      }
    }
    Graph again = TfliteReader.read(written.bytes()).graph();
    assertThat(again.outputs()).hasSameSizeAs(graph.outputs());
    Graph thrice = TfliteReader.read(TfliteWriter.write(again).bytes()).graph();
    assertThat(CanonicalGraph.of(thrice)).isEqualTo(CanonicalGraph.of(again));
  }
}
