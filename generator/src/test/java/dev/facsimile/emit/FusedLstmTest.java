// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.random.RandomIntegerGraphs;
import dev.facsimile.interpret.FloatInterpreter;
import dev.facsimile.interpret.KernelOracle;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import dev.facsimile.tflite.TfliteWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recurrent layers that the converter has made one operator of, in int8 and in float. */
final class FusedLstmTest {
  private static final Path FOLDER = Path.of("..", "test-fixtures", "lstm");

  @TempDir private Path folder;

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  @Test
  void equalsTheReferenceKernelsInEveryTensor() throws IOException {
    byte[] file = file("fused.tflite");
    Graph graph = TfliteReader.read(file).graph();
    KernelOracle.assertEveryTensorEqual(file, graph, KernelOracle.codes(graph, 200, new Random(1)));
  }

  @Test
  void equalsItselfAfterItWasWritten() throws IOException {
    Graph graph = TfliteReader.read(file("fused.tflite")).graph();
    KernelOracle.assertEveryTensorEqual(graph, KernelOracle.codes(graph, 20, new Random(2)));
    assertThat(TfliteReader.read(TfliteWriter.write(graph).bytes()).graph().ops())
        .filteredOn(Lstm.class::isInstance)
        .map(op -> ((Lstm) op).cellBits())
        .containsExactly(2, 1);
  }

  @Test
  void randomLayersEqualTheReferenceKernels() {
    for (long seed = 1; seed <= 300; seed++) {
      Graph graph = RandomIntegerGraphs.graph("UNIDIRECTIONAL_SEQUENCE_LSTM", seed);
      KernelOracle.assertEveryTensorEqual(graph, KernelOracle.codes(graph, 2, new Random(seed)));
    }
  }

  @Test
  void floatLayersComeCloseToTheReferenceKernels() throws IOException {
    byte[] file = file("fused_float.tflite");
    FloatInterpreter interpreter = new FloatInterpreter(TfliteReader.read(file).graph());
    Random random = new Random(1);
    try (TfliteOracle oracle = new TfliteOracle(file)) {
      for (int run = 0; run < 50; run++) {
        ByteBuffer input = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        float[] sequence = new float[15];
        for (int i = 0; i < sequence.length; i++) {
          sequence[i] = 2 * (float) random.nextGaussian();
          input.putFloat(sequence[i]);
        }
        ByteBuffer expected = ByteBuffer.wrap(oracle.run(List.of(input.array())).get(0));
        for (float actual : interpreter.run(List.of(sequence)).get(0)) {
          assertThat(actual)
              .isCloseTo(expected.order(ByteOrder.LITTLE_ENDIAN).getFloat(), within(1e-6f));
        }
      }
    }
  }

  @Test
  void generatedCodeEqualsTheInterpreter() throws Exception {
    Graph graph = TfliteReader.read(file("fused.tflite")).graph();
    Network network = new Network("lstm", graph, List.of(), Optional.empty());
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 3);
    assertThat(generated.run("gcc")).contains("verdict PASS").containsAll(generated.expected());
  }
}
