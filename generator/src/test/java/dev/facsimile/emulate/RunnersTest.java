// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunnersTest {
  private static final Target BOARD = Targets.load().find("mps2-an386");

  @TempDir private Path folder;

  private InstalledTools tools(String... names) throws IOException {
    for (String name : names) {
      Path tool = Files.createFile(folder.resolve(name));
      assertThat(tool.toFile().setExecutable(true)).isTrue();
    }
    return InstalledTools.on(folder.toString());
  }

  private static List<String> names(Runners runners) {
    return runners.runners().stream().map(TargetRunner::name).toList();
  }

  @Test
  void takesWhatIsPresentAndSaysWhatIsSkipped() throws IOException {
    Runners runners = Runners.present(BOARD, tools("gcc", "arm-none-eabi-gcc"));

    assertThat(names(runners)).containsExactly("host gcc");
    assertThat(runners.skipped())
        .containsExactly(
            "skipped host clang: no clang",
            "skipped qemu mps2-an386: no qemu-system-arm",
            "skipped qemu mps2-an386 in docker: no docker",
            "skipped renode mps2-an386: no renode and no renode-test on the path, FACSIMILE_RENODE is not set,"
                + " and no container: there is no docker command");
  }

  @Test
  void nothingPresentIsAnErrorAndNoSuccess() throws IOException {
    InstalledTools none = tools();

    assertThatThrownBy(() -> Runners.present(BOARD, none))
        .isInstanceOfSatisfying(
            FacsimileException.class,
            refused ->
                assertThat(refused.diagnostics().get(0).code())
                    .isEqualTo(DiagnosticCode.TOOL_MISSING));
  }

  @Test
  void askedForAndMissingIsAnErrorThatSaysWhatToInstall() throws IOException {
    InstalledTools some = tools("gcc", "qemu-system-arm");

    assertThatThrownBy(() -> Runners.named(List.of("host", "qemu"), BOARD, some))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("--on qemu needs arm-none-eabi-gcc")
        .hasMessageContaining("gcc-arm-none-eabi libnewlib-arm-none-eabi");
  }

  @Test
  void runsWhatIsAskedForInThatOrder() throws IOException {
    InstalledTools all = tools("gcc", "clang", "arm-none-eabi-gcc", "qemu-system-arm");

    assertThat(names(Runners.named(List.of("qemu", "host"), BOARD, all)))
        .containsExactly("qemu mps2-an386", "host gcc", "host clang");
  }

  @Test
  void renodeIsWhatTheUserNamesBeforeWhatIsOnThePath() throws IOException {
    String path =
        tools("arm-none-eabi-gcc", "renode-test").find("renode-test").orElseThrow().toString();

    assertThat(names(Runners.named(List.of("renode"), BOARD, InstalledTools.on(folder.toString()))))
        .containsExactly("renode mps2-an386");
    assertThat(
            names(
                Runners.named(
                    List.of("renode"), BOARD, InstalledTools.on(folder.toString(), path))))
        .containsExactly("renode mps2-an386");
    InstalledTools wrong = InstalledTools.on(folder.toString(), "/no/such/renode");
    assertThatThrownBy(() -> Runners.named(List.of("renode"), BOARD, wrong))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("FACSIMILE_RENODE names no program: /no/such/renode");
  }

  @Test
  void renodeIsNotAskedForHelium() throws IOException {
    InstalledTools all = tools("gcc", "arm-none-eabi-gcc", "renode");
    Target helium = Targets.load().find("mps3-an547");

    assertThat(Runners.present(helium, all).skipped())
        .contains("skipped renode mps3-an547: Renode 1.16.1 lacks most of Helium");
    assertThatThrownBy(() -> Runners.named(List.of("renode"), helium, all))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("Renode 1.16.1 lacks most of Helium");
  }

  @Test
  void hostFoldersHaveNoEmulator() throws IOException {
    InstalledTools all = tools("gcc", "clang", "arm-none-eabi-gcc", "qemu-system-arm");
    Target host = Targets.load().find("host");

    assertThat(names(Runners.present(host, all))).containsExactly("host gcc", "host clang");
    assertThatThrownBy(() -> Runners.named(List.of("qemu"), host, all))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("QEMU does not emulate the target 'host'");
    assertThatThrownBy(() -> Runners.named(List.of("moon"), host, all))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("cannot verify on 'moon'");
  }
}
