// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.target.QemuMachine;
import dev.facsimile.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The folder's target as QEMU emulates it on this computer. */
public final class QemuRunner implements TargetRunner {
  private final Target target;
  private final QemuMachine machine;

  /**
   * For folders of that target.
   *
   * @throws FacsimileException TARGET_UNKNOWN where QEMU does not emulate the target
   */
  public QemuRunner(Target target) {
    this.target = target;
    this.machine =
        target
            .qemu()
            .orElseThrow(
                () ->
                    FacsimileException.error(
                        DiagnosticCode.TARGET_UNKNOWN,
                        ModelLocation.NONE,
                        "QEMU does not emulate the target '" + target.name() + "'",
                        "verify on the host, or on the board through its serial line"));
  }

  @Override
  public String name() {
    return "qemu " + machine.machine();
  }

  @Override
  public List<String> tools() {
    return List.of(InstalledTools.CROSS_COMPILER, InstalledTools.QEMU);
  }

  @Override
  public RunResult run(FirmwareFolder folder, Duration timeout) {
    try (BuildFolder copy = BuildFolder.copyOf(folder)) {
      return RunResult.of(name(), target.isa(), run(copy, folder, Machine.LOCAL, timeout));
    }
  }

  /** Compiles and emulates a build folder on any machine. */
  ChildProcess run(BuildFolder copy, FirmwareFolder folder, Machine on, Duration timeout) {
    Path image = ImageBuild.in(copy, folder, on);
    return on.run(command(image), copy.root(), timeout);
  }

  /** One instruction every 2^6 ns of the machine's time: runs repeat exactly, on any computer. */
  private List<String> command(Path image) {
    List<String> command = new ArrayList<>(List.of(InstalledTools.QEMU, "-machine"));
    command.addAll(List.of(machine.machine(), "-display", "none", "-monitor", "none"));
    for (int port = 0; port < machine.serial(); port++) {
      command.addAll(List.of("-serial", "null"));
    }
    command.addAll(List.of("-serial", "stdio", "-icount", "shift=6"));
    command.addAll(List.of("-semihosting-config", "enable=on,target=native"));
    command.addAll(List.of("-kernel", image.toString()));
    return command;
  }
}
