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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Action Unit network on every core that QEMU emulates, bit for bit. */
final class EveryCoreProofTest {
  private static final Path MODELS = Path.of("..", "models", "au12-mobile");

  /** What the compilers' macros must say; an image for another core would run on some of these. */
  private static final Map<String, String> ISA =
      Map.of(
          "mps2-an385", "armv7-m",
          "mps2-an386", "armv7e-m+dsp+fp",
          "mps2-an500", "armv7e-m+dsp+fp.dp",
          "mps2-an505", "armv8-m.main+dsp",
          "mps3-an547", "armv8.1-m.main+dsp+fp.dp+mve.fp",
          "netduinoplus2", "armv7e-m+dsp+fp",
          "stm32f407g-disc1", "armv7e-m+dsp+fp");

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
    assertThat(run.path("variants").asText()).isEqualTo("portable");
    assertThat(run.path("isa").asText()).isEqualTo(ISA.get(target));
    assertThat(run.path("layers").asInt()).isEqualTo(2 * 37);
    assertThat(run.path("outputBytes").asInt()).isEqualTo(2 * 12);
  }
}
