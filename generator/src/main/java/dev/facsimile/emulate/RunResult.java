// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.util.Objects;

/**
 * What a self-test said and how it ended.
 *
 * @param runner who ran it, as reports name it: {@code host gcc}, {@code qemu mps2-an386}
 * @param isa what the firmware must say it was compiled for
 * @param output everything it printed, one char a byte
 * @param errors what the program or the emulator said on standard error
 * @param exitStatus of the program or the emulator
 * @param timedOut it was stopped at the time-out, or because it printed without end
 */
public record RunResult(
    String runner, String isa, String output, String errors, int exitStatus, boolean timedOut) {
  public RunResult {
    Objects.requireNonNull(runner);
    Objects.requireNonNull(isa);
    Objects.requireNonNull(output);
    Objects.requireNonNull(errors);
  }

  static RunResult of(String runner, String isa, ChildProcess process) {
    return new RunResult(
        runner,
        isa,
        process.output(),
        process.errors(),
        process.exitStatus(),
        process.stopped() != ChildProcess.Stopped.NOT);
  }
}
