// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import java.util.List;

/**
 * What {@code board/memory.ld.vm} prints.
 *
 * @param code where code and constants go
 * @param data where stack, data and the network's context go
 */
public record LinkerScript(
    String title,
    List<MemoryRegion> regions,
    MemoryRegion code,
    MemoryRegion data,
    int stackBytes) {

  static LinkerScript of(Target target, int stackBytes) {
    return new LinkerScript(
        target.title(), target.memory(), target.codeMemory(), target.dataMemory(), stackBytes);
  }
}
