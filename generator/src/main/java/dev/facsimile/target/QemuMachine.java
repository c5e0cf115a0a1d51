// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

/**
 * How QEMU emulates a target.
 *
 * @param machine value of {@code -machine}
 * @param serial which of the machine's serial ports the console is, from 0
 */
public record QemuMachine(String machine, int serial) {
  public QemuMachine {
    if (!machine.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("'" + machine + "' is no name of a QEMU machine");
    }
    if (serial < 0 || serial > 15) {
      throw new IllegalArgumentException("no serial port " + serial);
    }
  }
}
