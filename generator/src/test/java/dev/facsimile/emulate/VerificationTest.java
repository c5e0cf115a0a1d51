// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerificationTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  static Graph small() {
    return GraphChain.graph()
        .input("x", 0.05f, 3, 1, 8, 8, 3)
        .conv2d(8, 3, 2, Activation.RELU)
        .depthwiseConv2d(1, 3, 1, Activation.RELU)
        .conv2d(6, 1, 1, Activation.NONE)
        .reshape(1, 96)
        .fullyConnected(5, Activation.NONE)
        .softmax(1f)
        .output("y")
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mps2-an386", "netduinoplus2"})
  void everyLineIsEqualOnBothHostCompilersAndQemu(String target, @TempDir Path root) {
    FirmwareFolder folder = GeneratedFirmware.write(small(), target, 3, root);

    VerifyReport report = verify(folder);

    assertThat(report.problems()).isEmpty();
    assertThat(report.runs())
        .allSatisfy(
            run -> {
              assertThat(run.equalLines()).isEqualTo(20);
              assertThat(run.vectors()).isEqualTo(3);
              assertThat(run.layers()).isEqualTo(15);
              assertThat(run.outputBytes()).isEqualTo(15);
            });
  }

  private static VerifyReport verify(FirmwareFolder folder) {
    Runners runners = Runners.present(folder.target(), InstalledTools.onPath());
    return Verification.run(folder, runners, TIMEOUT, runner -> {});
  }
}
