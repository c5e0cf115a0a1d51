// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.tflite.TfliteOracle;
import dev.facsimile.tflite.TfliteReader;
import dev.facsimile.tflite.TfliteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with int16 activations and int8 weights as TensorFlow 2.19's converter writes them. */
final class Int16FilesTest {
  private static final Path FIXTURES = Path.of("..", "test-fixtures", "int16x8");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"image", "vector"})
  void outputsEqualTensorFlowLites(String name) throws IOException {
    byte[] file = file(name);
    Graph graph = TfliteReader.read(file).graph();
    Graph simplified = PassPipeline.standard().run(graph);
    byte[] again = TfliteWriter.write(graph).bytes();
    for (long seed = 0; seed < 50; seed++) {
      List<byte[]> inputs = inputs(graph, new Random(seed));
      List<byte[]> expected = TfliteOracle.run(file, inputs);
      assertThat(run(graph, inputs)).usingRecursiveComparison().isEqualTo(expected);
      assertThat(run(simplified, inputs)).usingRecursiveComparison().isEqualTo(expected);
      assertThat(TfliteOracle.run(again, inputs)).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "vector"})
  void everyLayerIsEqualOnHostAndEmulatedCortexM4(String name) throws IOException {
    Graph graph = PassPipeline.standard().run(TfliteReader.read(file(name)).graph());
    PresentTools.requireQemu();
    FirmwareFolder folder = GeneratedFirmware.write(graph, "mps2-an386", 2, root);
    Runners runners =
        new Runners(List.of(new HostRunner("gcc"), new QemuRunner(folder.target())), List.of());

    VerifyReport report = Verification.run(folder, runners, PATIENCE, runner -> {});

    assertThat(report.problems()).isEmpty();
    assertThat(report.runs()).hasSize(2).allSatisfy(r -> assertThat(r.layers()).isGreaterThan(7));
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(FIXTURES.resolve(name + ".tflite"));
  }

  private static List<byte[]> run(Graph graph, List<byte[]> inputs) {
    return new IntegerInterpreter(graph).run(inputs);
  }

  private static List<byte[]> inputs(Graph graph, Random random) {
    List<byte[]> inputs = new ArrayList<>();
    for (Port port : graph.inputs()) {
      byte[] input = new byte[graph.tensor(port.tensor()).bytes()];
      random.nextBytes(input);
      inputs.add(input);
    }
    return inputs;
  }
}
