// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tests that compile or emulate are skipped, with one line that says why, where a program is
 * missing; with {@code -Demulation.required=true} they fail there. With {@code
 * -Demulation.required=local} only those that need no container fail.
 */
final class PresentTools {
  private static final String REQUIRED = "emulation.required";
  private static final String LOCAL_ONLY = "local";
  private static final String EVERYTHING = "true";

  private PresentTools() {}

  static void require(String... tools) {
    List<String> missing = InstalledTools.onPath().missing(List.of(tools));
    if (!missing.isEmpty()) {
      miss("these programs are missing: " + missing, List.of(EVERYTHING, LOCAL_ONLY));
    }
  }

  static void requireQemu() {
    require(InstalledTools.CROSS_COMPILER, InstalledTools.QEMU);
  }

  /** A Python package is no command to look for; {@code ./test} installs those it can get. */
  static void requirePython(String module) {
    List<String> asked = List.of("python3", "-c", "import " + module);
    boolean present =
        InstalledTools.onPath().has("python3")
            && ChildProcess.run(asked, Path.of("").toAbsolutePath(), Duration.ofMinutes(1))
                .succeeded();
    if (!present) {
      abort("Python has no module " + module);
    }
  }

  static void requireContainers() {
    obstacle(DockerContainer.IMAGE).ifPresent(why -> miss(why, List.of(EVERYTHING)));
  }

  /** Nobody has to have Renode: no package registry has it. */
  static void requireRenode(Optional<String> obstacle) {
    obstacle.ifPresent(why -> abort("no Renode: " + why));
  }

  /** Why no container of an image can be started; empty if one can. */
  static Optional<String> obstacle(String image) {
    return InstalledTools.onPath().has(DockerContainer.DOCKER)
        ? DockerContainer.obstacle(image)
        : Optional.of("there is no docker command");
  }

  private static void miss(String why, List<String> failing) {
    String required = System.getProperty(REQUIRED, "");
    if (failing.contains(required)) {
      fail("-D%s=%s, but %s", REQUIRED, required, why);
    }
    abort(why);
  }
}
