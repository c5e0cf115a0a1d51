// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import java.util.List;
import java.util.Optional;

/** A target as its YAML file spells it: counter, qemu and flash may be absent. */
record TargetFile(
    String name,
    String title,
    Core core,
    Fpu fpu,
    long clockHz,
    List<MemoryRegion> memory,
    Setup setup,
    Console console,
    Counter counter,
    QemuMachine qemu,
    FlashTool flash) {

  Target target() {
    return new Target(
        name,
        title,
        core,
        fpu,
        clockHz,
        memory,
        setup,
        console,
        counter == null ? new Counter.None() : counter,
        Optional.ofNullable(qemu),
        Optional.ofNullable(flash));
  }
}
