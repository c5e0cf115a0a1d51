// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A board that a user describes in one file. */
final class UserBoardTest {
  private final Targets targets = Targets.load();

  @TempDir private Path folder;

  private static String board() {
    return Targets.load()
        .find("nucleo-f746zg")
        .yaml()
        .replace("name: nucleo-f746zg", "name: my-board");
  }

  private Target choose(String yaml) throws IOException {
    Path file = folder.resolve("board.yaml");
    Files.writeString(file, yaml);
    return targets.choose(file.toString());
  }

  @Test
  void isDescribedByOneFile() throws IOException {
    Target mine = choose(board().replace("bytes: 64 KiB", "bytes: 32 KiB"));

    assertThat(mine.name()).isEqualTo("my-board");
    assertThat(mine.contextMemory(32 * 1024, 4096).name()).isEqualTo("DTCM");
    assertThat(mine.contextMemory(32 * 1024 + 1, 4096).name()).isEqualTo("RAM");
    assertThat(mine.contextMemory(1 << 30, 4096).name()).isEqualTo("RAM");
  }

  @Test
  void theStackTakesItsPartOfTheRegionThatHoldsBoth() throws IOException {
    Target mine = choose(board().replace("arena: [DTCM, RAM]", "arena: [RAM, DTCM]"));

    assertThat(mine.contextMemory(252 * 1024, 4096).name()).isEqualTo("RAM");
    assertThat(mine.room(mine.dataMemory(), 4096)).isEqualTo(252 * 1024);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: my-board | name: ../my-board | no name of a target",
        "name: my-board | name: nucleo-f746zg # mine | has another target of the name",
        "title: NUCLEO | title: x */ int x; /* | title must be",
        "core: cortex-m7 | core: cortex-m99 | cortex-m99",
        "clock_hz: 216000000 | clock_hz: 0 | clock_hz must be positive",
        "arena: [DTCM | arena: [FLASH | arena names no RAM region",
        "address: 0x20010000 | address: 0x20000000 | overlap",
        "bytes: 64 KiB | bytes: 64 kB | not a number",
        "at: 0x40007004 | at: 0x20007004 | a register's address",
        "do: write | do: erase | erase",
        "value: 0x09003608 | value: 0x09003608, mask: 1 | a write has no mask",
        "mask: 0x02000000 | mask: 0x01000000 | bits outside its mask",
        "bit: 18 | bit: 32 | no bit 32",
        ", bit: 18 |  | bit",
        "transmit: 8 | transmit: 16 | no such pin",
        "port: D | port: d | no such port",
        "baud: 115200 | baud: 115200000 | no such baud rate",
        "openocd_target: stm32f7x | openocd_target: $(rm x) | no names of OpenOCD",
        "l1_caches: true | l2_caches: true | l2_caches",
        "console: | consol: | consol",
        "kind: stm32-usart | kind: standard-output | StandardOutput",
      })
  void whatMakesNoSenseIsRefusedWithTheReason(String before, String after, String reason)
      throws IOException {
    String text = board();
    assertThat(text).contains(before);

    assertThatThrownBy(() -> choose(text.replace(before, after == null ? "" : after)))
        .isInstanceOfSatisfying(
            FacsimileException.class,
            refused ->
                assertThat(refused.diagnostics().get(0).code())
                    .isEqualTo(DiagnosticCode.TARGET_INVALID))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "a: [", "name: x", "\u0001", "name: \u00e4", "&a [*a]"})
  void whatIsNoDescriptionIsRefused(String text) {
    assertThatThrownBy(() -> choose(text))
        .isInstanceOfSatisfying(
            FacsimileException.class,
            refused ->
                assertThat(refused.diagnostics().get(0).code())
                    .isEqualTo(DiagnosticCode.TARGET_INVALID));
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    assertThatThrownBy(() -> targets.choose(folder.resolve("none.yaml").toString()))
        .isInstanceOfSatisfying(
            FacsimileException.class,
            refused ->
                assertThat(refused.diagnostics().get(0).code())
                    .isEqualTo(DiagnosticCode.FILE_UNREADABLE));
  }
}
