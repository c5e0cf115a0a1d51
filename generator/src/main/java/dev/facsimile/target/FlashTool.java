// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

/**
 * How a real board is programmed.
 *
 * @param openocdTarget OpenOCD's {@code target/<this>.cfg}
 * @param openocdInterface OpenOCD's {@code interface/<this>.cfg}
 */
public record FlashTool(String openocdTarget, String openocdInterface) {
  public FlashTool {
    if (!openocdTarget.matches("[a-z0-9_-]+") || !openocdInterface.matches("[a-z0-9_-]+")) {
      throw new IllegalArgumentException("no names of OpenOCD configurations");
    }
  }
}
