// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a runner must do, written once and demanded of every runner that there is. */
final class EveryRunnerTest {
  private static final Target TARGET = Targets.load().find("mps2-an386");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  static Stream<Named<TargetRunner>> runners() {
    return PresentRunners.all(TARGET).map(runner -> Named.of(runner.name(), runner));
  }

  /** Those that say what the firmware printed, word for word. */
  static Stream<Named<TargetRunner>> printingRunners() {
    return PresentRunners.printing(TARGET).map(runner -> Named.of(runner.name(), runner));
  }

  private FirmwareFolder folder(TargetRunner runner) {
    PresentRunners.require(runner);
    return SmallFolder.write(root, TARGET.name());
  }

  private static RunnerReport run(FirmwareFolder folder, TargetRunner runner, Duration timeout) {
    Runners only = new Runners(List.of(runner), List.of());
    return Verification.run(folder, only, timeout, name -> {}).runs().get(0);
  }

  private static Diagnostic problem(FirmwareFolder folder, TargetRunner runner) {
    return run(folder, runner, PATIENCE).problem().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("runners")
  void refusesFirmwareWithOtherKernelVariants(TargetRunner runner) {
    FirmwareFolder folder = folder(runner);
    SmallFolder.patch(folder, "vectors/vectors.c", ".kernels = \"portable\"", ".kernels = \"dsp\"");

    Diagnostic problem = problem(folder, runner);

    assertThat(problem.code()).isEqualTo(DiagnosticCode.FIRMWARE_MISMATCH);
    assertThat(problem.message()).contains("the kernel variants dsp, the folder portable");
  }

  @ParameterizedTest
  @MethodSource("printingRunners")
  void takesNoVerdictForNoSuccess(TargetRunner runner) {
    FirmwareFolder folder = folder(runner);
    SmallFolder.patch(folder, "selftest/main.c", "\\nverdict PASS\\n", "\\n");

    // Renode knows no way for a firmware to end.
    boolean endless = runner instanceof RenodeRunner;
    Duration patience = endless ? Duration.ofSeconds(20) : PATIENCE;
    assertThat(run(folder, runner, patience).problem().orElseThrow().code())
        .isEqualTo(endless ? DiagnosticCode.VERIFY_TIMEOUT : DiagnosticCode.VERDICT_MISSING);
  }

  @ParameterizedTest
  @MethodSource("runners")
  void stopsFirmwareThatNeverEnds(TargetRunner runner) {
    FirmwareFolder folder = folder(runner);
    SmallFolder.patch(folder, "selftest/main.c", "    crc = print_crc();", "    for (;;) {\n    }");

    RunnerReport report = run(folder, runner, Duration.ofSeconds(5));

    assertThat(report.problem().orElseThrow().code()).isEqualTo(DiagnosticCode.VERIFY_TIMEOUT);
  }

  @ParameterizedTest
  @MethodSource("runners")
  void repeatsTheWordsOfACompilerThatRefuses(TargetRunner runner) {
    FirmwareFolder folder = folder(runner);
    SmallFolder.patch(folder, "src/xor.c", "    int i;\n", "    int i;\n    int unused_here;\n");

    Diagnostic problem = problem(folder, runner);

    assertThat(problem.code()).isEqualTo(DiagnosticCode.BUILD_FAILED);
    assertThat(problem.message()).contains("refused src/xor.c").contains("unused_here");
  }

  private static final String DEPTHWISE = "fxk_depthwise_conv2d_s8_portable";

  private FirmwareFolder generatedFolder(TargetRunner runner) {
    PresentRunners.require(runner);
    return GeneratedFirmware.write(
        GraphChain.graph()
            .input("x", 0.05f, 3, 1, 8, 8, 3)
            .conv2d(8, 3, 2, Activation.RELU)
            .depthwiseConv2d(1, 3, 1, Activation.RELU)
            .reshape(1, 128)
            .fullyConnected(5, Activation.NONE)
            .softmax(1f)
            .output("y")
            .build(),
        TARGET.name(),
        2,
        root);
  }

  @ParameterizedTest
  @MethodSource("runners")
  void findsEveryLineEqual(TargetRunner runner) {
    RunnerReport report = run(generatedFolder(runner), runner, PATIENCE);

    assertThat(report.problem()).isEmpty();
    assertThat(report.runner()).isEqualTo(runner.name());
    assertThat(report.vectors()).isEqualTo(2);
    assertThat(report.layers()).isEqualTo(8);
    assertThat(report.outputBytes()).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("runners")
  void namesTheLayerThatDiffers(TargetRunner runner) {
    FirmwareFolder folder = generatedFolder(runner);
    String kernel = "runtime/src/depthwise_conv2d/" + DEPTHWISE + ".h";
    SmallFolder.patch(folder, kernel, DEPTHWISE + "(", DEPTHWISE + "_right(");
    SmallFolder.patch(folder, "src/subject.c", "/*\n * Define", OFF_BY_ONE + "/*\n * Define");

    Diagnostic problem = problem(folder, runner);

    assertThat(problem.code()).isEqualTo(DiagnosticCode.LAYER_DIFFERS);
    assertThat(problem.where().tensor()).isEqualTo("layer_01_depthwise_conv2d");
    assertThat(problem.message()).contains("vector 0");
  }

  private static final String OFF_BY_ONE =
      """
      static inline void %1$s(const fxk_depthwise_conv2d_params *p, const int8_t *input,
          const int8_t *weights, const int32_t *bias, const int32_t *multiplier,
          const int8_t *shift, int8_t *output)
      {
          %1$s_right(p, input, weights, bias, multiplier, shift, output);
          output[0] = (int8_t)(output[0] + 1);
      }

      """
          .formatted(DEPTHWISE);

  /** Sanitizers see it happen; elsewhere the paint over dead bytes makes the layer differ. */
  @ParameterizedTest
  @MethodSource("printingRunners")
  void noticesALayerThatReadsWhatIsDead(TargetRunner runner) {
    FirmwareFolder folder = folder(runner);
    SmallFolder.patch(folder, "src/xor.c", "arena[32 + i] ^ arena[36", "arena[8 + i] ^ arena[36");

    Diagnostic problem = problem(folder, runner);

    if (runner instanceof HostRunner) {
      assertThat(problem.code()).isEqualTo(DiagnosticCode.SANITIZER_REPORT);
      assertThat(problem.message()).contains("after layer_00_triple").contains("use-after-poison");
    } else {
      assertThat(problem.code()).isEqualTo(DiagnosticCode.LAYER_DIFFERS);
      assertThat(problem.where().tensor()).isEqualTo("layer_01_fold");
    }
  }

  @Test
  void aContainerHasNoNetworkNoRootAndNothingToWriteButTheFolder() {
    PresentTools.requireContainers();
    FirmwareFolder folder = SmallFolder.write(root, TARGET.name());
    try (BuildFolder copy = BuildFolder.copyOf(folder);
        Machine container = DockerContainer.start(DockerContainer.IMAGE, copy.root())) {
      assertThat(says(container, copy, "id -u")).isEqualTo("1000");
      assertThat(says(container, copy, "ls /sys/class/net")).isEqualTo("lo");
      assertThat(says(container, copy, "touch /etc/mark 2>/dev/null || echo refused"))
          .isEqualTo("refused");
      assertThat(says(container, copy, "touch mark && echo written")).isEqualTo("written");
      assertThat(says(container, copy, "grep CapEff /proc/self/status")).endsWith("0000000000");
    }
  }

  private static String says(Machine container, BuildFolder copy, String script) {
    List<String> command = List.of("sh", "-c", script);
    return container.run(command, copy.root(), Duration.ofSeconds(20)).output().trim();
  }
}
