// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facsimile.emulate.FirmwareFolder;
import dev.facsimile.emulate.InstalledTools;
import dev.facsimile.emulate.SizeMeasurement;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Action Unit network's self-test compiles, links and fits on every STM32 board. */
final class EveryBoardBuildTest {
  private static final Path MODELS = Path.of("..", "models", "au12-mobile");

  @TempDir private Path folder;

  private SizeMeasurement build(String target) {
    assumeTrue(
        InstalledTools.onPath().hasAll(SizeMeasurement.tools())
            || Boolean.getBoolean("emulation.required"),
        "no cross compiler on the path");
    Path output = folder.resolve("firmware");
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
            "1",
            "-o",
            output.toString());
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    return SizeMeasurement.of(FirmwareFolder.open(output, Targets.load()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stm32f407g-disc1",
        "nucleo-f446re",
        "nucleo-f746zg",
        "nucleo-h743zi2",
        "nucleo-l4r5zi",
        "nucleo-g0b1re",
        "nucleo-u575zi-q",
      })
  void theBoardHasRoomForIt(String board) {
    SizeMeasurement size = build(board);

    assertThat(size.stack()).isPresent();
    assertThat(size.bootTest().orElseThrow().stack()).isPresent();
    theExampleFits();
    assertThat(size.imageFlash()).isLessThan(Targets.load().find(board).codeMemory().bytes());
  }

  /** Flash, RAM and the proved stack, held against the board's by the folder's own Makefile. */
  private void theExampleFits() {
    try {
      Path said = folder.resolve("make.txt");
      Process make =
          new ProcessBuilder("make", "-s", "example")
              .directory(folder.resolve("firmware").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(make.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(make.exitValue()).as(Files.readString(said)).isZero();
      assertThat(said).content().contains("example stack");
    } catch (IOException | InterruptedException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void aBoardOfTheUsersOwnIsGeneratedForAndFoundAgainInTheFolder() throws IOException {
    Path mine = folder.resolve("mine.yaml");
    String similar = Targets.load().find("nucleo-f446re").yaml();
    Files.writeString(mine, similar.replace("name: nucleo-f446re", "name: my-board"));

    assertThat(build(mine.toString()).imageFlash()).isPositive();
    assertThat(folder.resolve("firmware/board/my-board/my-board.ld")).exists();
  }
}
