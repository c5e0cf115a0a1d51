// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every board's image: that it is made, and where its parts lie. */
final class BoardImagesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  static Stream<String> boards() {
    return Targets.load().all().stream()
        .filter(target -> target.flash().isPresent())
        .map(Target::name);
  }

  private ChildProcess run(String... command) {
    ChildProcess process = ChildProcess.run(List.of(command), root, PATIENCE);
    assertThat(process.succeeded()).as(process.output() + process.errors()).isTrue();
    return process;
  }

  @ParameterizedTest
  @MethodSource("boards")
  void theMakefileMakesAnElfABinAndAHexOfEveryBoard(String board) {
    PresentTools.require("make", "awk", InstalledTools.CROSS_COMPILER);
    SmallFolder.write(root, board);

    run("make", "-s", "all", "images");

    for (String form : List.of("elf", "bin", "hex")) {
      assertThat(root.resolve("build/" + board + "/xor-selftest." + form)).isNotEmptyFile();
    }
  }

  /** A network of 64 bytes fits everywhere: it goes to the first choice. */
  @ParameterizedTest
  @CsvSource({
    "stm32f407g-disc1, 20000000, 08000000",
    "nucleo-f746zg, 20000000, 08000000",
    "nucleo-h743zi2, 20000000, 08000000",
    "nucleo-u575zi-q, 20000000, 08000000",
    "mps2-an505, 38000000, 10000000",
  })
  void theContextLiesInTheFastestMemoryThatHasRoom(String board, String ram, String flash) {
    PresentTools.require(InstalledTools.CROSS_COMPILER);
    FirmwareFolder folder = SmallFolder.write(root, board);

    try (BuildFolder copy = BuildFolder.copyOf(folder)) {
      Path image = ImageBuild.in(copy, folder, Machine.LOCAL);
      String symbols = run("arm-none-eabi-nm", image.toString()).output();
      assertThat(address(symbols, "context_start")).isBetween(hex(ram), hex(ram) + 8192);
      assertThat(address(symbols, "context_start")).isEqualTo(address(symbols, "context"));
      assertThat(address(symbols, "vectors")).isEqualTo(hex(flash));
      assertThat(address(symbols, "stack_limit")).isEqualTo(folder.target().dataMemory().address());
    }
  }

  private static long hex(String digits) {
    return Long.parseLong(digits, 16);
  }

  private static long address(String symbols, String name) {
    return symbols
        .lines()
        .filter(line -> line.endsWith(" " + name))
        .mapToLong(line -> hex(line.substring(0, 8)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anUnknownFlasherIsRefusedBeforeAnythingIsProgrammed() {
    PresentTools.require("make", InstalledTools.CROSS_COMPILER);
    SmallFolder.write(root, "nucleo-f446re");
    List<String> command = List.of("make", "-s", "-n", "flash", "FLASHER=nothing");

    ChildProcess make = ChildProcess.run(command, root, PATIENCE);

    assertThat(make.succeeded()).isFalse();
    assertThat(make.errors()).contains("FLASHER is openocd, st-flash or cube, not nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openocd | openocd -f interface/stlink.cfg -f target/stm32f4x.cfg",
        "st-flash | st-flash --reset write build/nucleo-f446re/xor-selftest.bin 0x08000000",
        "cube | STM32_Programmer_CLI -c port=SWD mode=UR -w build/nucleo-f446re/xor-selftest.hex",
      })
  void everyFlasherGetsTheFormItWants(String flasher, String command) {
    PresentTools.require("make", InstalledTools.CROSS_COMPILER);
    SmallFolder.write(root, "nucleo-f446re");

    assertThat(run("make", "-s", "-n", "flash", "FLASHER=" + flasher).output()).contains(command);
  }

  @Test
  void theFolderCarriesItsBoardsDescription() throws Exception {
    SmallFolder.write(root, "nucleo-l4r5zi");

    Path description = root.resolve("board/nucleo-l4r5zi/target.yaml");
    assertThat(Targets.load().read(description)).isEqualTo(Targets.load().find("nucleo-l4r5zi"));
    assertThat(Files.readString(description)).contains("LPUART1");
  }
}
