// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;

/**
 * Tests that compile or emulate are skipped, with one line that says why, where a program is
 * missing; with {@code -Demulation.required=true} they fail there.
 */
final class PresentTools {
  private static final String REQUIRED = "emulation.required";

  private PresentTools() {}

  static void require(String... tools) {
    List<String> missing = InstalledTools.onPath().missing(List.of(tools));
    if (missing.isEmpty()) {
      return;
    }
    if (Boolean.getBoolean(REQUIRED)) {
      fail("%s is set but these programs are missing: %s", REQUIRED, missing);
    }
    abort("these programs are missing: " + missing);
  }

  static void requireQemu() {
    require(InstalledTools.CROSS_COMPILER, InstalledTools.QEMU);
  }
}
