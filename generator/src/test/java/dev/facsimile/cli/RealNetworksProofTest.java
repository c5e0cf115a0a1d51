// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facsimile.emulate.InstalledTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks we did not train, from the file to an emulated Cortex-M4, bit for bit. */
final class RealNetworksProofTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet8_f32",
        "vww_96_f32",
        "mnist_dw_f32",
        "mtcnn_rnet_f32",
        "resnet8_int8",
        "vww_96_int8",
        "mnist_dw_int8"
      })
  void theEmulatedCoreComputesWhatTheReferenceComputes(String name) throws IOException {
    Path model = model(name);
    requireEmulator();
    String output = folder.resolve("firmware").toString();
    List<String> arguments =
        List.of(
            "generate", model.toString(), "--target", "mps2-an386", "--vectors", "2", "-o", output);
    CommandLine generated =
        CommandLine.run(
            name.endsWith("_f32")
                ? concat(arguments, "--calibration", "noise:32")
                : arguments.toArray(String[]::new));
    assertThat(generated.exitCode()).as(generated.err()).isZero();

    CommandLine verified = CommandLine.run("verify", output, "--on", "qemu", "--json");
    assertThat(verified.exitCode()).as(verified.err()).isZero();
    JsonNode run = new JsonMapper().readTree(verified.out()).path("runs").path(0);
    assertThat(run.path("passed").asBoolean()).isTrue();
    assertThat(run.path("vectors").asInt()).isEqualTo(2);
    assertThat(run.path("layers").asInt()).isPositive();
  }

  private static Path model(String name) {
    String models = System.getenv("FACSIMILE_MODELS");
    assumeTrue(models != null, "FACSIMILE_MODELS is not set");
    Path model = Path.of(models).resolve(name + ".tflite");
    assumeTrue(Files.exists(model), model + " is not there");
    return model;
  }

  private static void requireEmulator() {
    boolean present =
        InstalledTools.onPath().hasAll(List.of(InstalledTools.CROSS_COMPILER, InstalledTools.QEMU));
    if (!Boolean.getBoolean("emulation.required")) {
      assumeTrue(present, "no cross compiler or no QEMU on the path");
    }
  }

  private static String[] concat(List<String> arguments, String... more) {
    List<String> all = new java.util.ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
