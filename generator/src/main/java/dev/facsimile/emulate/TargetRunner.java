// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A place where a generated folder's self-test can run. */
public interface TargetRunner {

  /** How reports name it: {@code host gcc}, {@code qemu mps2-an386}. */
  String name();

  /** Programs that must be on the path. */
  List<String> tools();

  /** Why it cannot run although its programs are on the path; empty if it can. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /**
   * Builds the folder in a temporary copy and runs its self-test to the end.
   *
   * @param timeout for the run, not for the compiler
   * @throws dev.facsimile.report.FacsimileException BUILD_FAILED, FIRMWARE_INVALID
   */
  RunResult run(FirmwareFolder folder, Duration timeout);
}
