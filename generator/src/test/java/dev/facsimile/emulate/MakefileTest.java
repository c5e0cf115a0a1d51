// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated folder checks itself without this tool. */
final class MakefileTest {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir private Path root;

  private ChildProcess make(String... arguments) {
    List<String> command = new ArrayList<>(List.of("make", "-s"));
    command.addAll(List.of(arguments));
    return ChildProcess.run(command, root, PATIENCE);
  }

  private static void assertSucceeded(ChildProcess process) {
    assertThat(process.succeeded()).as(process.output() + process.errors()).isTrue();
  }

  @Test
  void checksItselfOnQemuAndMeasuresItself() {
    PresentTools.require("make", "awk");
    PresentTools.requireQemu();
    FirmwareFolder folder = SmallFolder.write(root, "mps2-an386");

    ChildProcess check = make("check");
    assertSucceeded(check);
    assertThat(check.output()).contains("Equal, line by line: 11 lines.");

    ChildProcess size = make("size");
    assertSucceeded(size);
    SizeMeasurement measured = SizeMeasurement.of(folder);
    assertThat(size.output().replaceAll(" +", " "))
        .contains("network RAM 64 of 4194304 bytes")
        .contains("network flash " + measured.flash() + " of")
        .contains("network stack " + measured.stack().orElseThrow() + " of 2048 bytes");
    assertThat(make("size", "FLASH_BUDGET=1").output()).contains("TOO MUCH");
    assertThat(make("size", "FLASH_BUDGET=1").succeeded()).isFalse();

    SmallFolder.patch(folder, "vectors/expected.txt", "layer v=1", "layer v=7");
    assertThat(make("check").succeeded()).isFalse();
  }

  @Test
  void checksItselfOnTheHostUnderSanitizers() {
    PresentTools.require("make", "gcc", "clang");
    SmallFolder.write(root, "host");

    assertSucceeded(make("check-host", "CC=clang"));
    assertSucceeded(make("check"));
    assertThat(make("help").output()).contains("make check: run, and compare every line");
    assertThat(make("flash").succeeded()).isFalse();
  }

  @Test
  void cmakeBuildsTheLibraryAndRunsTheSelfTest() {
    PresentTools.require("cmake", "ctest", "make", "cc");
    SmallFolder.write(root, "host");

    for (List<String> command :
        List.of(
            List.of("cmake", "-S", ".", "-B", "out", "-DXOR_SELFTEST=ON"),
            List.of("cmake", "--build", "out"),
            List.of("ctest", "--test-dir", "out"))) {
      assertSucceeded(ChildProcess.run(command, root, PATIENCE));
    }
  }
}
