// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.calibrate.QuantizedBlendshapes;
import dev.facsimile.graph.Graph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network with 16-bit activations, and the one public network that is like Action Units. */
final class BlendshapesProofTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  @Test
  void everyLayerIsEqualOnTheEmulatedCortexM7() throws IOException {
    Graph graph = QuantizedBlendshapes.int16();
    PresentTools.requireQemu();
    FirmwareFolder folder = GeneratedFirmware.write(graph, "mps2-an500", 2, root);
    Runners qemu = new Runners(List.of(new QemuRunner(folder.target())), List.of());

    VerifyReport report = Verification.run(folder, qemu, PATIENCE, name -> {});

    assertThat(report.problems()).isEmpty();
    assertThat(report.runs().get(0).layers()).isGreaterThan(100);
  }
}
