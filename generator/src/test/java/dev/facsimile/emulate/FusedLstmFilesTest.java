// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers as TensorFlow 2.19's converter fuses them, on emulated cores. */
final class FusedLstmFilesTest {
  private static final Path FILE = Path.of("..", "test-fixtures", "lstm", "fused.tflite");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"microbit", "mps2-an386"})
  void everyLayerIsEqual(String board) throws IOException {
    Graph graph = PassPipeline.standard().run(TfliteReader.read(Files.readAllBytes(FILE)).graph());
    PresentTools.requireQemu();
    FirmwareFolder folder = GeneratedFirmware.write(graph, board, 4, root);
    Runners runners = new Runners(List.of(new QemuRunner(folder.target())), List.of());

    VerifyReport report = Verification.run(folder, runners, PATIENCE, runner -> {});

    assertThat(report.problems()).isEmpty();
    assertThat(report.runs()).hasSize(1).allSatisfy(r -> assertThat(r.layers()).isGreaterThan(7));
  }
}
