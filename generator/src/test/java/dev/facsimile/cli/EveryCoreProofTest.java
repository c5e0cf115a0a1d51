// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facsimile.emulate.InstalledTools;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Action Unit network on every core that QEMU emulates, bit for bit. */
final class EveryCoreProofTest {
  private static final Path MODELS = Path.of("..", "models", "au12-mobile");

  @TempDir Path folder;

  static Stream<String> emulatedTargets() {
    return Targets.load().all().stream()
        .filter(target -> target.qemu().isPresent())
        // The micro:bit has less memory than this network needs; VerificationTest proves its core.
        .filter(target -> !target.name().equals("microbit"))
        .map(Target::name);
  }

  @ParameterizedTest
  @MethodSource("emulatedTargets")
  void theCoreComputesWhatTheReferenceComputes(String target) throws IOException {
    boolean present =
        InstalledTools.onPath().hasAll(List.of(InstalledTools.CROSS_COMPILER, InstalledTools.QEMU));
    assumeTrue(
        present || Boolean.getBoolean("emulation.required"),
        "no cross compiler or no QEMU on the path");

    String output = folder.resolve("firmware").toString();
    CommandLine generated =
        CommandLine.run(
            "generate",
            MODELS.resolve("au12.tflite").toString(),
            "--tasks",
            MODELS.resolve("tasks.yaml").toString(),
            "--calibration",
            "noise:8",
            "--target",
            target,
            "--vectors",
            "2",
            "-o",
            output);
    assertThat(generated.exitCode()).as(generated.err()).isZero();

    CommandLine verified = CommandLine.run("verify", output, "--on", "qemu", "--json");
    assertThat(verified.exitCode()).as(verified.err()).isZero();
    JsonNode run = new JsonMapper().readTree(verified.out()).path("runs").path(0);
    assertThat(run.path("layers").asInt()).isEqualTo(2 * 37);
    assertThat(run.path("outputBytes").asInt()).isEqualTo(2 * 12);
  }
}
