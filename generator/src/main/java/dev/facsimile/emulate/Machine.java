// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where compilers and emulators run: this computer, or a container that sees the build folder. */
interface Machine extends AutoCloseable {

  /** This computer. */
  Machine LOCAL = new ThisComputer();

  /**
   * Runs a program to its end or to the limit.
   *
   * @param folder working directory, by its path on this computer
   */
  ChildProcess run(List<String> command, Path folder, Duration limit);

  /** Gives back what the machine holds. */
  @Override
  void close();

  /** Programs run as children of this process. */
  final class ThisComputer implements Machine {
    private ThisComputer() {}

    @Override
    public ChildProcess run(List<String> command, Path folder, Duration limit) {
      return ChildProcess.run(command, folder, limit);
    }

    @Override
    public void close() {
      // Nothing is held: a child process ends with its run.
    }
  }
}
