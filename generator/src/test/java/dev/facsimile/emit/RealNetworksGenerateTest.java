// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.passes.StripFloatEdges;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public int8 networks as generated C equal the interpreter, layer by layer. */
final class RealNetworksGenerateTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mnist_dw_int8", "resnet8_int8", "vww_96_int8"})
  void equalsTheInterpreter(String name) throws Exception {
    Graph read = TfliteReader.read(RealNetworks.read(name)).graph();
    Graph graph = new StripFloatEdges().apply(read).orElse(read);
    Network network = new Network(name, graph, List.of(), Optional.empty());
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 1);
    assertThat(generated.run("gcc")).contains("verdict PASS").containsAll(generated.expected());
  }
}
