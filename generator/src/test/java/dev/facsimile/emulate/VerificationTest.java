// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.report.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs: generated C, real compilers, a real emulator. */
final class VerificationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  private static Graph graph() {
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

  private static RunnerReport only(FirmwareFolder folder, TargetRunner runner, Duration timeout) {
    Runners runners = new Runners(List.of(runner), List.of());
    return Verification.run(folder, runners, timeout, name -> {}).runs().get(0);
  }

  @Test
  void everyLineIsEqualOnBothHostCompilersAndTheEmulatedCortexM4() {
    PresentTools.require("gcc", "clang");
    PresentTools.requireQemu();
    FirmwareFolder folder = GeneratedFirmware.write(graph(), "mps2-an386", 3, root);

    Runners runners =
        Runners.named(List.of("host", "qemu"), folder.target(), InstalledTools.onPath());
    VerifyReport report = Verification.run(folder, runners, PATIENCE, name -> {});

    assertThat(report.problems()).isEmpty();
    assertThat(report.passed()).isTrue();
    assertThat(report.runs())
        .extracting(RunnerReport::runner)
        .containsExactly("host gcc", "host clang", "qemu mps2-an386");
    assertThat(report.runs())
        .allSatisfy(
            run -> {
              assertThat(run.equalLines()).isEqualTo(20);
              assertThat(run.vectors()).isEqualTo(3);
              assertThat(run.layers()).isEqualTo(15);
              assertThat(run.outputBytes()).isEqualTo(15);
            });
    paintedStackConfirmsTheProof(folder, report.runs().get(2));
  }

  private static void paintedStackConfirmsTheProof(FirmwareFolder folder, RunnerReport qemu) {
    SizeMeasurement size = SizeMeasurement.of(folder);
    int painted = qemu.output().stackUsed().orElseThrow();

    assertThat(size.stack()).isPresent();
    // A word for alignment at the end of the deepest frame keeps its paint.
    assertThat(painted).isBetween(size.stack().getAsInt() - 16, size.stack().getAsInt());
    assertThat(size.ram()).isBetween(192L, 1024L);
    assertThat(size.flash()).isBetween(1024L, 64L * 1024);
    assertThat(size.imageFlash()).isGreaterThan(size.flash());
    assertThat(qemu.output().instructions()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"microbit", "mps2-an505", "netduinoplus2", "stm32f407g-disc1"})
  void everyLineIsEqualOnOtherEmulatedBoards(String target) {
    PresentTools.requireQemu();
    FirmwareFolder folder = SmallFolder.write(root, target);

    RunnerReport run = only(folder, new QemuRunner(folder.target()), PATIENCE);

    assertThat(run.problem()).isEmpty();
    assertThat(run.equalLines()).isEqualTo(11);
    assertThat(run.output().isa()).isEqualTo(folder.target().isa());
  }

  @Test
  void aNetworkIsEqualOnTheEmulatedCortexM0() {
    PresentTools.requireQemu();
    FirmwareFolder folder = GeneratedFirmware.write(graph(), "microbit", 2, root);

    RunnerReport run = only(folder, new QemuRunner(folder.target()), PATIENCE);

    assertThat(run.problem()).isEmpty();
    assertThat(run.output().isa()).isEqualTo("armv6-m");
    assertThat(run.output().instructions()).isPresent();
  }

  @Test
  void aFaultIsReportedWithItsAddress() {
    PresentTools.requireQemu();
    FirmwareFolder folder = SmallFolder.write(root, "mps2-an386");
    String first = "    layer_00_triple(context->arena);";
    SmallFolder.patch(folder, "src/xor.c", first, "*(volatile int *)0x90000000 = 1;" + first);

    RunnerReport run = only(folder, new QemuRunner(folder.target()), PATIENCE);

    assertThat(run.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.VERDICT_MISSING);
    assertThat(run.problem().orElseThrow().message()).contains("the processor faulted: fault pc=");
  }

  @Test
  void neitherMakefileNorScriptsOfTheFolderAreRunAndNothingIsWrittenThere() throws IOException {
    PresentTools.require("gcc");
    FirmwareFolder folder = SmallFolder.write(root, "host");
    Path trace = root.resolve("trace");
    Files.writeString(root.resolve("Makefile"), "$(shell touch " + trace + ")\nall:\n");
    Files.writeString(root.resolve("config.mk"), "$(shell touch " + trace + ")\n");
    List<Path> before = files();

    assertThat(only(folder, new HostRunner("gcc"), PATIENCE).problem()).isEmpty();

    assertThat(files()).isEqualTo(before);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.walk(root)) {
      return files.sorted().toList();
    }
  }
}
