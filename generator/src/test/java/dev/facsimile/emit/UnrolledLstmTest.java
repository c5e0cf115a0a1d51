// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recurrent layers whose time steps Keras has written one after the other. */
final class UnrolledLstmTest {
  private static final Path MODEL = Path.of("..", "test-fixtures", "lstm", "unrolled.tflite");

  @TempDir private Path folder;

  @Test
  void equalsTheReferenceKernelsInEveryTensor() throws IOException {
    byte[] file = Files.readAllBytes(MODEL);
    Graph graph = TfliteReader.read(file).graph();
    IntegerInterpreter interpreter = new IntegerInterpreter(graph);
    Random random = new Random(1);
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      // The output is the last tensor of the file; the reader's own are behind it.
      int last = graph.outputs().get(0).tensor().value();
      for (int run = 0; run < 50; run++) {
        byte[] input = new byte[15];
        random.nextBytes(input);
        List<byte[]> outputs = oracle.run(List.of(input));
        List<byte[]> actual =
            interpreter.run(
                List.of(input),
                (operator, tensor, contents) -> {
                  if (tensor.id().value() <= last) {
                    assertThat(contents)
                        .as("operator %d, %s", operator, tensor.name())
                        .isEqualTo(oracle.get(tensor.id().value()));
                  }
                });
        assertThat(actual.get(0)).isEqualTo(outputs.get(0));
      }
    }
  }

  @Test
  void generatedCodeEqualsTheInterpreter() throws Exception {
    Graph graph = TfliteReader.read(Files.readAllBytes(MODEL)).graph();
    Network network = new Network("lstm", graph, List.of(), Optional.empty());
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 3);
    assertThat(generated.run("gcc")).contains("verdict PASS").containsAll(generated.expected());
  }
}
