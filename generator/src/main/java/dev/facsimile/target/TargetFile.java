// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import java.util.List;
import java.util.Optional;

/** A target as its YAML file spells it: what the last five say may be absent. */
record TargetFile(
    String name,
    String title,
    Core core,
    Fpu fpu,
    long clockHz,
    List<MemoryRegion> memory,
    Setup setup,
    Console console,
    List<String> arena,
    boolean l1Caches,
    Counter counter,
    QemuMachine qemu,
    FlashTool flash) {

  /**
   * The target it describes.
   *
   * @param yaml the text of the file
   * @throws IllegalArgumentException if it describes none
   */
  Target target(String yaml) {
    return new Target(
        name,
        title,
        core,
        fpu,
        clockHz,
        memory == null ? List.of() : memory,
        arena == null ? List.of() : arena,
        l1Caches,
        setup,
        console,
        counter == null ? new Counter.None() : counter,
        Optional.ofNullable(qemu),
        Optional.ofNullable(flash),
        yaml);
  }
}
