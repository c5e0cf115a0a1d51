// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facsimile.ToolIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user meets on the command line: answers, exit codes, mistakes. */
final class MainTest {
  private static final Path MODELS = Path.of("..", "models", "au12-mobile");
  private static final String MODEL = MODELS.resolve("au12.tflite").toString();
  private static final String TASKS = MODELS.resolve("tasks.yaml").toString();

  @TempDir Path folder;

  @Test
  void everyCommandHasHelp() {
    for (String command :
        new String[] {
          "inspect", "generate", "verify", "evaluate", "targets", "operators", "demo"
        }) {
      CommandLine help = CommandLine.run(command, "--help");
      assertThat(help.exitCode()).as(command).isZero();
      assertThat(help.out()).contains("Usage: facsimile " + command);
    }
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertThat(Files.readString(Path.of("..", "pom.xml")))
        .contains("<artifactId>facsimile</artifactId>\n  <version>" + ToolIdentity.VERSION + "<");
    assertThat(CommandLine.run("--version").out().strip())
        .isEqualTo("facsimile " + ToolIdentity.VERSION);
  }

  @Test
  void wrongUsageIsExitCodeTwo() {
    assertThat(CommandLine.run("generate").exitCode()).isEqualTo(2);
    assertThat(CommandLine.run("nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void aMissingModelIsUnreadable() {
    CommandLine run = CommandLine.run("inspect", folder.resolve("none.tflite").toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("error[F1001]").contains("hint: ");
  }

  @Test
  void aWebPageIsNoModel() throws IOException {
    Path page = Files.writeString(folder.resolve("model.tflite"), "<!DOCTYPE html><html></html>");
    CommandLine run = CommandLine.run("inspect", page.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("error[F2001]");
  }

  @Test
  void inspectCountsWhatTheNetworkDoes() throws IOException {
    CommandLine run = CommandLine.run("inspect", MODEL, "--json");
    assertThat(run.exitCode()).isZero();
    JsonNode answer = new JsonMapper().readTree(run.out());
    assertThat(answer.path("macs").asLong()).isEqualTo(4_309_248);
    assertThat(answer.path("operators")).hasSize(27);
    assertThat(answer.path("outputs")).hasSize(2);
  }

  @Test
  void aFloatNetworkWithoutCalibrationIsRefusedAndNothingIsWritten() {
    Path output = folder.resolve("firmware");
    CommandLine run =
        CommandLine.run(
            "generate", MODEL, "--tasks", TASKS, "--target", "host", "-o", output.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error[F1204]").contains("--calibration");
    assertThat(output).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anUnknownTargetIsNamedWithItsNeighbours() {
    CommandLine run =
        CommandLine.run(
            "generate",
            MODEL,
            "--target",
            "mps2-an385x",
            "-o",
            folder.resolve("firmware").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error[F1302]").contains("mps2-an386");
  }

  @Test
  void aFolderThatIsNotOursIsLeftAlone() throws IOException {
    Path output = Files.createDirectory(folder.resolve("precious"));
    Files.writeString(output.resolve("thesis.txt"), "years of work");
    CommandLine run =
        CommandLine.run(
            "generate",
            MODEL,
            "--calibration",
            "noise:1",
            "--target",
            "host",
            "-o",
            output.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error[F1301]");
    assertThat(output.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void targetsAreListedForMachines() throws IOException {
    JsonNode answer = new JsonMapper().readTree(CommandLine.run("targets", "--json").out());
    assertThat(answer).extracting(target -> target.path("name").asText()).contains("host");
  }

  @Test
  void verifyingWhatIsNoFirmwareIsUnreadable() {
    CommandLine run = CommandLine.run("verify", folder.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("error[F1401]");
  }
}
