// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.QemuMachine;

/**
 * What {@code emulate/run-qemu.sh.vm} prints.
 *
 * @param serialOptions connect the console's serial port to standard output and none before it
 */
public record QemuScript(String machine, String serialOptions) {

  static QemuScript of(QemuMachine qemu) {
    return new QemuScript(qemu.machine(), "-serial null ".repeat(qemu.serial()) + "-serial stdio");
  }
}
