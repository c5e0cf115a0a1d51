// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.emulate.serial.SerialLine;
import dev.facsimile.emulate.serial.SerialPort;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.target.Targets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verification of a board at the end of a serial line, good and bad. */
@Timeout(300)
final class SerialRunnerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  @TempDir private Path root;

  private static Graph graph() {
    return GraphChain.graph()
        .input("x", 0.05f, 3, 1, 16, 16, 3)
        .conv2d(4, 3, 2, Activation.RELU)
        .reshape(1, 256)
        .fullyConnected(300, Activation.NONE)
        .output("y")
        .build();
  }

  private static RunnerReport verify(FirmwareFolder folder, SerialRunner runner, Duration limit) {
    PresentTools.require(SerialPort.TOOL);
    Runners runners = new Runners(List.of(runner), List.of());
    return Verification.run(folder, runners, limit, name -> {}).runs().get(0);
  }

  /** What to do with a board between the opening of the line and the end. */
  private interface Disturbance {
    SerialLine on(EmulatedBoard board, SerialLine line);
  }

  private static RunnerReport verify(FirmwareFolder folder, Duration limit, Disturbance disturbance)
      throws IOException {
    PresentTools.requireQemu();
    try (BuildFolder copy = BuildFolder.copyOf(folder);
        EmulatedBoard board =
            EmulatedBoard.start(folder, ImageBuild.in(copy, folder, Machine.LOCAL))) {
      return verify(
          folder,
          new SerialRunner(
              "serial",
              folder.target(),
              () -> disturbance.on(board, SerialPort.open(board.device(), folder.target().baud()))),
          limit);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mps2-an386", "microbit", "stm32f407g-disc1"})
  void everyLineIsEqualOverAPseudoTerminal(String target) throws IOException {
    FirmwareFolder folder = SmallFolder.write(root, target);

    RunnerReport run = verify(folder, PATIENCE, (board, line) -> line);

    assertThat(run.problem()).isEmpty();
    assertThat(run.equalLines()).isEqualTo(11);
    assertThat(run.output().isa()).isEqualTo(folder.target().isa());
  }

  @ParameterizedTest
  @CsvSource({"0.001, 1", "0.001, 2", "0.004, 3"})
  void aBadLineCostsTimeAndNothingElse(double rate, long seed) throws IOException {
    FirmwareFolder folder = GeneratedFirmware.write(graph(), "mps2-an386", 3, root);

    RunnerReport run = verify(folder, PATIENCE, (board, line) -> new FaultyLine(line, rate, seed));

    assertThat(run.problem()).isEmpty();
    assertThat(run.vectors()).isEqualTo(3);
    assertThat(run.outputBytes()).isEqualTo(900);
  }

  @Test
  void aWrongKernelIsNamedThroughABadLineToo() throws IOException {
    FirmwareFolder folder = SmallFolder.write(root, "mps2-an386");
    SmallFolder.patch(folder, "src/xor.c", "arena[i] * 3", "arena[i] * 5");

    RunnerReport run = verify(folder, PATIENCE, (board, line) -> new FaultyLine(line, 0.002, 4));

    Diagnostic problem = run.problem().orElseThrow();
    assertThat(problem.code()).isEqualTo(DiagnosticCode.LAYER_DIFFERS);
    assertThat(problem.where().tensor()).isEqualTo("layer_00_triple");
  }

  /** Presses the reset button when a given number of bytes has been sent. */
  private record ResettingLine(EmulatedBoard board, SerialLine line, AtomicInteger left)
      implements SerialLine {
    @Override
    public InputStream input() {
      return line.input();
    }

    @Override
    public OutputStream output() {
      return new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          if (left.getAndDecrement() == 0) {
            board.reset();
          }
          line.output().write(value);
        }
      };
    }

    @Override
    public void close() {
      line.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 1000, 2000})
  void aResetMidwayBeginsTheVectorAgain(int bytes) throws IOException {
    FirmwareFolder folder = GeneratedFirmware.write(graph(), "mps2-an386", 3, root);
    AtomicInteger left = new AtomicInteger(bytes);

    RunnerReport run =
        verify(folder, PATIENCE, (board, line) -> new ResettingLine(board, line, left));

    assertThat(left.get()).as("the reset came").isNegative();
    assertThat(run.problem()).isEmpty();
    assertThat(run.vectors()).isEqualTo(3);
  }

  @Test
  void aBoardThatStopsIsATimeOut() throws IOException {
    FirmwareFolder folder = SmallFolder.write(root, "mps2-an386");

    RunnerReport run =
        verify(
            folder,
            Duration.ofSeconds(3),
            (board, line) -> {
              board.halt();
              return line;
            });

    assertThat(run.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.VERIFY_TIMEOUT);
    assertThat(run.equalLines()).isZero();
  }

  @Test
  void anotherModelsFirmwareIsRecognised() throws IOException {
    FirmwareFolder folder = SmallFolder.write(root, "mps2-an386");
    SmallFolder.patch(folder, "vectors/vectors.c", "ab".repeat(32), "cd".repeat(32));

    RunnerReport run = verify(folder, PATIENCE, (board, line) -> line);

    assertThat(run.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.FIRMWARE_MISMATCH);
  }

  @Test
  void aLineThatSaysNothingAndTakesNothingDoesNotHang() {
    FirmwareFolder folder = SmallFolder.write(root, "mps2-an386");
    SerialLine silent =
        new SerialLine() {
          @Override
          public InputStream input() {
            return new ByteArrayInputStream(new byte[0]);
          }

          @Override
          public OutputStream output() {
            return new OutputStream() {
              @Override
              public void write(int value) throws IOException {
                try {
                  Thread.sleep(3_600_000);
                } catch (InterruptedException interrupted) {
                  throw new IOException(interrupted);
                }
              }
            };
          }

          @Override
          public void close() {}
        };
    SerialRunner runner = new SerialRunner("serial", folder.target(), () -> silent);

    RunnerReport run = verify(folder, runner, Duration.ofSeconds(1));

    assertThat(run.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.VERIFY_TIMEOUT);
  }

  @Test
  void whatIsNoSerialDeviceIsRefused() throws IOException {
    FirmwareFolder folder = SmallFolder.write(root, "mps2-an386");
    Path file = root.resolve("file");
    Files.createFile(file);

    for (Path device : List.of(file, root.resolve("none"))) {
      RunnerReport run = verify(folder, new SerialRunner(folder.target(), device), PATIENCE);

      assertThat(run.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.FILE_UNREADABLE);
    }
  }

  @Test
  void isChosenByName() {
    var board = Targets.load().find("nucleo-f446re");
    InstalledTools tools = InstalledTools.onPath();
    PresentTools.require(SerialPort.TOOL);

    assertThat(Runners.named(List.of("serial:/dev/ttyACM0"), board, tools).runners())
        .extracting(TargetRunner::name)
        .containsExactly("serial /dev/ttyACM0");
    assertThatThrownBy(() -> Runners.named(List.of("serial:"), board, tools))
        .isInstanceOf(FacsimileException.class);
  }
}
