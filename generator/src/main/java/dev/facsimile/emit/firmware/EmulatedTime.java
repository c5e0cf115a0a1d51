// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import java.util.Locale;

/**
 * How much virtual time an emulator is given. It ends a firmware that hangs, so it is generous: ten
 * times what a self-test takes is still minutes of the computer's time at most.
 */
final class EmulatedTime {
  /** Portable kernels take 8 to 30; the least optimized ones three times as many. */
  private static final long INSTRUCTIONS_A_MAC = 100;

  /** Of a layer's output: elementwise functions, the CRC, the paint of what is dead. */
  private static final long INSTRUCTIONS_A_BYTE = 1000;

  /** Printing and waiting for the transmitter. */
  private static final long INSTRUCTIONS_A_CHARACTER = 1000;

  /** Set-up that waits for what an emulator does not have, and the calibration of the counter. */
  private static final long INSTRUCTIONS_OF_START = 100_000_000;

  private EmulatedTime() {}

  /**
   * Whole seconds, at least one.
   *
   * @param expectedOutput what the self-test prints, vector by vector
   * @param hertz instructions a second
   */
  static long seconds(Firmware firmware, String expectedOutput, long hertz) {
    long vectors = expectedOutput.lines().filter(line -> line.startsWith("layer v=")).count();
    long runs = vectors / firmware.layers().size() + 1;
    long bytes = firmware.layers().stream().mapToLong(Firmware.Area::bytes).sum();
    long painted = (long) firmware.contextBytes() * firmware.layers().size() / 16;
    long inference = firmware.macs() * INSTRUCTIONS_A_MAC + (bytes + painted) * INSTRUCTIONS_A_BYTE;
    long instructions =
        runs * inference
            + expectedOutput.length() * INSTRUCTIONS_A_CHARACTER
            + INSTRUCTIONS_OF_START;
    return instructions / hertz + 1;
  }

  /** 00:01:05. */
  static String clock(long seconds) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
