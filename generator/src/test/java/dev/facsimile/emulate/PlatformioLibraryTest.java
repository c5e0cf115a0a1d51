// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated folder as PlatformIO's own program sees it. */
final class PlatformioLibraryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  private ChildProcess platformio(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "PLATFORMIO_CORE_DIR=" + root.resolve("core"),
                "PLATFORMIO_SETTING_ENABLE_TELEMETRY=no",
                "python3",
                "-m",
                "platformio"));
    command.addAll(List.of(arguments));
    return ChildProcess.run(command, root, PATIENCE);
  }

  @Test
  void packsTheNetworkAloneAndRefusesItWithoutAVersion() {
    PresentTools.requirePython("platformio");
    PresentTools.require("tar");
    FirmwareFolder folder = PackagedNetwork.write(root.resolve("network"), "host");

    PackagedNetwork.assertSucceeded(platformio("pkg", "pack", "network", "-o", "subject.tar.gz"));

    ChildProcess list = ChildProcess.run(List.of("tar", "tzf", "subject.tar.gz"), root, PATIENCE);
    assertThat(list.output().lines())
        .contains("library.json", "include/subject.h", "src/subject.c", "src/subject_selftest.c")
        .contains("runtime/include/fxk/fxk_version.h")
        .noneMatch(path -> path.startsWith("board/") || path.startsWith("selftest/"));

    SmallFolder.patch(folder, "library.json", "\"version\"", "\"edition\"");
    assertThat(platformio("pkg", "pack", "network").succeeded()).isFalse();
  }
}
