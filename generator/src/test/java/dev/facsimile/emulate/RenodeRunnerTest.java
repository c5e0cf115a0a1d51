// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All the ways in which Renode may fail: none of them is an equal run, and none takes for ever. */
final class RenodeRunnerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path root;
  @TempDir private Path programs;
  private FirmwareFolder folder;

  @BeforeEach
  void writeFolder() {
    PresentTools.require(StandInRenode.tools().toArray(String[]::new));
    folder = SmallFolder.write(root, "mps2-an386");
  }

  private RunnerReport run(Path renode, Duration timeout) {
    InstalledTools tools = InstalledTools.on(System.getenv("PATH"), renode.toString());
    Runners only = Runners.named(List.of("renode"), folder.target(), tools);
    return Verification.run(folder, only, timeout, name -> {}).runs().get(0);
  }

  private RunnerReport instead(String shell) {
    return run(StandInRenode.instead(programs, shell), PATIENCE);
  }

  private static void assertNoVerdict(RunnerReport report, String words) {
    Diagnostic problem = report.problem().orElseThrow();
    assertThat(problem.code()).isEqualTo(DiagnosticCode.VERDICT_MISSING);
    assertThat(problem.message()).contains(words);
  }

  /** The report of a good run, for stand-ins that recite it. */
  private Path goodReport() throws IOException {
    RunnerReport qemu =
        Verification.run(
                folder,
                new Runners(List.of(new QemuRunner(folder.target())), List.of()),
                PATIENCE,
                name -> {})
            .runs()
            .get(0);
    String text =
        "facsimile-selftest 2 variants=portable isa=%s compiler=%s model=xor model_sha256=%s\n"
                .formatted(folder.target().isa(), qemu.output().compiler(), folder.modelSha256())
            + Files.readString(folder.expectedOutput())
            + "note cycles v=0 count=1234\nverdict PASS\n";
    return Files.writeString(programs.resolve("good.txt"), text);
  }

  @Test
  void runsTheFirmwareAndStopsItAtTheVerdict() {
    RunnerReport report = run(StandInRenode.console(programs), PATIENCE);

    assertThat(report.problem()).isEmpty();
    assertThat(report.runner()).isEqualTo("renode mps2-an386");
    assertThat(report.equalLines()).isEqualTo(11);
  }

  @Test
  void renodeTestWillDoWhereThereIsNoConsole() {
    RunnerReport report = run(StandInRenode.test(programs), PATIENCE);

    assertThat(report.problem()).isEmpty();
    assertThat(report.equalLines()).isEqualTo(11);
  }

  @Test
  void whatACycleCounterCountsThereAreInstructions() throws IOException {
    RunnerReport report = instead("cat " + goodReport() + " >\"$log\"; sleep 300");

    assertThat(report.problem()).isEmpty();
    assertThat(report.output().instructions()).hasValue(1234);
    assertThat(report.output().cycles()).isEmpty();
  }

  @Test
  void aCommandThatRenodeRejectsIsNoSuccessAlthoughItsStatusIsZero() {
    assertNoVerdict(
        instead("echo \"There was an error executing command 'sysbus LoadELF'\"; exit 0"),
        "There was an error executing command 'sysbus LoadELF'");
  }

  @Test
  void aReportThatBreaksOffIsNoSuccess() throws IOException {
    assertNoVerdict(
        instead("head -n 5 " + goodReport() + " >\"$log\"; exit 0"), "without its end line");
    assertNoVerdict(
        instead("head -c 300 " + goodReport() + " >\"$log\"; exit 0"), "it breaks off at");
  }

  @Test
  void anAbortedProcessorIsNoSuccess() {
    assertNoVerdict(
        instead("echo '[ERROR] cpu: CPU abort [PC=0x0]: Trying to execute code outside RAM'"),
        "CPU abort [PC=0x0]");
  }

  @Test
  void theFirmwaresOwnFailureIsNoSuccess() throws IOException {
    RunnerReport report = instead("sed s/PASS/FAIL/ " + goodReport() + " >\"$log\"; sleep 300");

    assertThat(report.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.VERDICT_MISSING);
    assertThat(report.problem().orElseThrow().message()).contains("own verdict is FAIL");
  }

  @Test
  void oneThatHangsIsStoppedWithAllItStarted() throws Exception {
    String mark = "3600." + ProcessHandle.current().pid();
    String shell = "trap '' TERM HUP INT; (trap '' TERM; sleep %1$s; sleep %1$s) & sleep %1$s";

    RunnerReport report =
        run(StandInRenode.instead(programs, shell.formatted(mark)), Duration.ofSeconds(3));

    assertThat(report.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.VERIFY_TIMEOUT);
    assertThat(ProcessHandle.allProcesses().flatMap(p -> p.info().commandLine().stream()))
        .noneMatch(line -> line.contains("sleep " + mark));
  }

  @Test
  void aVerdictIsBelievedOnlyWhenItsLineIsWhole() throws IOException {
    Path good = goodReport();
    String slowly =
        "head -n -1 %1$s >\"$log\"; for c in v e r d i c t ' ' P A S S; do printf '%%s' \"$c\""
            + " >>\"$log\"; sleep 0.2; done; echo >>\"$log\"; sleep 300";

    assertThat(instead(slowly.formatted(good)).problem()).isEmpty();
  }

  @Test
  void oneThatPrintsWithoutEndIsStopped() {
    RunnerReport report = instead("yes 'note x' >\"$log\"");

    assertThat(report.passed()).isFalse();
  }

  @Test
  void aPlatformThatCouldRunSomethingIsNotLoaded() {
    SmallFolder.patch(folder, "emulate/board.repl", "cpu: CPU", "sysbus:\n    init:\n\ncpu: CPU");

    Diagnostic problem = run(StandInRenode.console(programs), PATIENCE).problem().orElseThrow();

    assertThat(problem.code()).isEqualTo(DiagnosticCode.FIRMWARE_INVALID);
    assertThat(problem.message()).contains("board.repl is not as it was generated: sysbus:");
  }

  @Test
  void scriptsOfTheFolderAreNotRun() throws IOException {
    Path trace = programs.resolve("trace");
    for (String script : List.of("run.resc", "run-renode.sh", "selftest.robot")) {
      Files.writeString(root.resolve("emulate").resolve(script), "touch " + trace + "\n");
    }

    assertThat(run(StandInRenode.console(programs), PATIENCE).problem()).isEmpty();
    assertThat(trace).doesNotExist();
  }

  /** As a user does it, with the folder's own scripts. */
  @Test
  void theFoldersOwnScriptRunsAnImage() throws IOException {
    try (BuildFolder copy = BuildFolder.copyOf(folder)) {
      Path image = ImageBuild.in(copy, folder, Machine.LOCAL);
      String robot = Files.readString(root.resolve("emulate/run.resc"));
      // The stand-in knows one name of a machine, and it ends at RunFor.
      Files.writeString(root.resolve("emulate/run.resc"), plain(robot));
      ChildProcess run =
          ChildProcess.run(
              List.of(
                  "env",
                  "FACSIMILE_RENODE=" + StandInRenode.console(programs),
                  "sh",
                  "emulate/run-renode.sh",
                  image.toString()),
              root,
              PATIENCE);

      assertThat(run.exitStatus()).as(run.errors()).isZero();
      assertThat(SelfTestOutput.parse(run.output()).lines())
          .isEqualTo(ExpectedLines.of(folder).lines());
    }
  }

  private static String plain(String resc) {
    return String.join(
            "\n",
            resc.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.contains("?="))
                .toList())
        .replace("mach create \"xor\"", "mach create \"dut\"");
  }
}
