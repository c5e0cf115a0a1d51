// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import java.util.List;

/**
 * What {@code board/memory.ld.vm} prints.
 *
 * @param code where code and constants go
 * @param data where stack and data go
 * @param context where the network's context goes
 */
public record LinkerScript(
    String title,
    List<MemoryRegion> regions,
    MemoryRegion code,
    MemoryRegion data,
    MemoryRegion context,
    int stackBytes) {

  static LinkerScript of(Firmware firmware) {
    Target target = firmware.target();
    return new LinkerScript(
        target.title(),
        target.memory(),
        target.codeMemory(),
        target.dataMemory(),
        firmware.contextMemory(),
        firmware.stackBytes());
  }
}
