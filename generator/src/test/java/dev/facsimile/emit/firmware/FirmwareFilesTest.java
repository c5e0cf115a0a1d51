// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.emit.TemplateRenderer;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FirmwareFilesTest {
  private static SortedMap<String, String> files(String target) {
    return FirmwareFiles.of(
        new TemplateRenderer(), XorNetwork.firmware(target), XorNetwork.vectors());
  }

  @Test
  void everyTargetHasASelfTestABoardAndBuildFiles() {
    assertThat(files("mps2-an386").keySet())
        .contains(
            "CMakeLists.txt",
            "Makefile",
            "board/host/board.c",
            "board/mps2-an386/console.c",
            "board/mps2-an386/mps2-an386.ld",
            "board/mps2-an386/startup.c",
            "config.mk",
            "emulate/board.repl",
            "emulate/run-qemu.sh",
            "emulate/ci/github-actions.yml",
            "emulate/ci/gitlab-ci.yml",
            "emulate/run-renode.sh",
            "emulate/run.resc",
            "emulate/selftest.robot",
            "library.json",
            "selftest/main.c",
            "selftest/network.h",
            "vectors/expected.txt",
            "vectors/inputs.txt",
            "vectors/vectors.c",
            "zephyr/CMakeLists.txt",
            "zephyr/Kconfig",
            "zephyr/module.yml");
  }

  @Test
  void hostNeedsNoBoardOfItsOwnAndNoEmulator() {
    assertThat(files("host").keySet())
        .contains("board/host/board.c")
        .noneMatch(path -> path.startsWith("emulate/") || path.endsWith(".ld"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "mps2-an386", "netduinoplus2"})
  void everyFileIsPrintableAsciiWithPlainNewlines(String target) {
    files(target)
        .forEach((path, text) -> assertThat(text).as(path).matches("[\\n\\t\\x20-\\x7E]*\\n"));
  }

  @Test
  void linkerScriptPutsTheStackBelowTheData() {
    String script = files("netduinoplus2").get("board/netduinoplus2/netduinoplus2.ld");

    assertThat(script)
        .contains("FLASH (rx) : ORIGIN = 0x08000000, LENGTH = 1048576")
        .contains("RAM (rwx) : ORIGIN = 0x20000000, LENGTH = 131072")
        .contains("PROVIDE(stack_bytes = 2048);");
    assertThat(script.indexOf(".stack (NOLOAD)")).isLessThan(script.indexOf(".data :"));
  }

  @Test
  void expectedOutputIsWhatTheProtocolSays() {
    assertThat(files("host").get("vectors/expected.txt").lines())
        .hasSize(11)
        .startsWith("begin vectors=3 layers=2", "layer v=0 n=0 name=layer_00_triple crc=5a2f6b38")
        .endsWith("output v=2 port=0 bytes=00000000", "end crc=cff1c6b8");
  }

  @Test
  void qemuGetsTheConsoleOfTheBoardAsItsStandardOutput() {
    assertThat(files("netduinoplus2").get("emulate/run-qemu.sh"))
        .contains("-machine netduinoplus2")
        .contains("-serial null ".repeat(5) + "-serial stdio");
  }

  @Test
  void refusesVectorsOfAnotherNetwork() {
    Vector foreign = new Vector(List.of(), List.of(1), List.of());

    assertThatThrownBy(
            () ->
                FirmwareFiles.of(
                    new TemplateRenderer(), XorNetwork.firmware("host"), List.of(foreign)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
