// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TargetsTest {
  private final Targets targets = Targets.load();

  @Test
  void indexNamesEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/targets"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("index.yaml"),
                      targets.all().stream().map(target -> target.name() + ".yaml"))
                  .toList());
    }
  }

  @Test
  void readsHexadecimalAddressesAndBinaryUnits() {
    Target board = targets.find("netduinoplus2");

    assertThat(board.codeMemory())
        .isEqualTo(
            new MemoryRegion("FLASH", MemoryRegion.Kind.FLASH, 0x0800_0000L, 1024 * 1024, ""));
    assertThat(board.dataMemory())
        .isEqualTo(new MemoryRegion("RAM", MemoryRegion.Kind.RAM, 0x2000_0000L, 128 * 1024, ""));
    assertThat(board.memory()).hasSize(3);
    assertThat(board.compilerFlags())
        .containsExactly("-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16");
  }

  @Test
  void hostHasNoMemoryMap() {
    Target host = targets.find("host");

    assertThat(host.isHost()).isTrue();
    assertThat(host.compilerFlags()).isEmpty();
    assertThat(host.qemu()).isEmpty();
  }

  @Test
  void unknownTargetIsAnErrorThatOffersNearNames() {
    assertThatThrownBy(() -> targets.find("mps2-an389"))
        .isInstanceOfSatisfying(
            FacsimileException.class,
            refused -> {
              assertThat(refused.diagnostics().get(0).code())
                  .isEqualTo(DiagnosticCode.TARGET_UNKNOWN);
              assertThat(refused).hasMessageContaining("did you mean mps2-an385 or mps2-an386");
            });
    assertThatThrownBy(() -> targets.find("../etc\u001b[31m"))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("there is no target '../etc?[31m'")
        .hasMessageContaining("one of host, microbit, mps2-an385, mps2-an386");
  }
}
