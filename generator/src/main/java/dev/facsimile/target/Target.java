// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine that generated code can run on.
 *
 * @param name lower case, digits and hyphens; safe as a file name
 * @param title one line for people
 * @param clockHz of the core after set-up, or 0 where it has no meaning
 * @param memory the first flash region holds code and constants, the first RAM region data and
 *     stack; further regions are the user's to use
 * @param setup what start-up code does before main
 * @param console where the self-test prints
 * @param counter what the self-test times an inference with
 * @param qemu empty where QEMU does not emulate it
 * @param flash empty where there is no real board
 */
public record Target(
    String name,
    String title,
    Core core,
    Fpu fpu,
    long clockHz,
    List<MemoryRegion> memory,
    Setup setup,
    Console console,
    Counter counter,
    Optional<QemuMachine> qemu,
    Optional<FlashTool> flash) {

  public Target {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("'" + name + "' is no name of a target");
    }
    Objects.requireNonNull(title);
    Objects.requireNonNull(core);
    Objects.requireNonNull(fpu);
    memory = List.copyOf(memory);
    Objects.requireNonNull(setup);
    Objects.requireNonNull(console);
    Objects.requireNonNull(counter);
    Objects.requireNonNull(qemu);
    Objects.requireNonNull(flash);
    if (core != Core.HOST) {
      first(memory, MemoryRegion.Kind.FLASH);
      first(memory, MemoryRegion.Kind.RAM);
    }
  }

  /** This computer: no memory map, no limits. */
  public boolean isHost() {
    return core == Core.HOST;
  }

  /** Where code and constants go; only for targets that are not the host. */
  public MemoryRegion codeMemory() {
    return first(memory, MemoryRegion.Kind.FLASH);
  }

  /** Where data, the network's context and the stack go; only for targets that are not the host. */
  public MemoryRegion dataMemory() {
    return first(memory, MemoryRegion.Kind.RAM);
  }

  /** Compiler options that select the core; empty for the host. */
  public List<String> compilerFlags() {
    return core.compilerFlags(fpu);
  }

  /** What the self-test must print as {@code isa=}. */
  public String isa() {
    return core.isa();
  }

  private static MemoryRegion first(List<MemoryRegion> memory, MemoryRegion.Kind kind) {
    return memory.stream()
        .filter(region -> region.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a target needs a region of " + kind));
  }
}
