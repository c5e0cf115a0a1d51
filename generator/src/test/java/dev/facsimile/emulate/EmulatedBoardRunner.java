// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.serial.SerialPort;
import dev.facsimile.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** A board at a serial line that is programmed before: QEMU at a pseudo-terminal. */
final class EmulatedBoardRunner implements TargetRunner {
  private final Target target;

  EmulatedBoardRunner(Target target) {
    this.target = target;
  }

  @Override
  public String name() {
    return "serial board " + target.name();
  }

  @Override
  public List<String> tools() {
    return List.of(InstalledTools.CROSS_COMPILER, InstalledTools.QEMU, SerialPort.TOOL);
  }

  @Override
  public RunResult run(FirmwareFolder folder, Duration timeout) {
    try (BuildFolder copy = BuildFolder.copyOf(folder);
        EmulatedBoard board =
            EmulatedBoard.start(folder, ImageBuild.in(copy, folder, Machine.LOCAL))) {
      return new SerialRunner(name(), target, () -> SerialPort.open(board.device(), target.baud()))
          .run(folder, timeout);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }
}
