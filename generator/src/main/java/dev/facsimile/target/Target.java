// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import java.util.Comparator;
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
 * @param arena names of the RAM regions that may hold the network's context, the best first; empty
 *     for the first RAM region
 * @param l1Caches whether the core's own instruction and data cache are to be switched on
 * @param setup what start-up code does before main
 * @param console where the self-test prints
 * @param counter what the self-test times an inference with
 * @param qemu empty where QEMU does not emulate it
 * @param flash empty where there is no real board
 * @param yaml the text that describes all this
 */
public record Target(
    String name,
    String title,
    Core core,
    Fpu fpu,
    long clockHz,
    List<MemoryRegion> memory,
    List<String> arena,
    boolean l1Caches,
    Setup setup,
    Console console,
    Counter counter,
    Optional<QemuMachine> qemu,
    Optional<FlashTool> flash,
    String yaml) {

  public Target {
    Valid.that(
        name != null && name.matches("[a-z][a-z0-9-]{0,63}"),
        "'" + name + "' is no name of a target");
    Valid.text(title, "title");
    Valid.that(core != null && fpu != null, "core or fpu is missing");
    Valid.that(setup != null && console != null, "setup or console is missing");
    memory = List.copyOf(memory);
    arena = List.copyOf(arena);
    Objects.requireNonNull(counter);
    Objects.requireNonNull(qemu);
    Objects.requireNonNull(flash);
    Objects.requireNonNull(yaml);
    if (core != Core.HOST) {
      Valid.that(clockHz > 0, "clock_hz must be positive");
      Valid.that(
          !(console instanceof Console.StandardOutput), "a board needs a console of its own");
      first(memory, MemoryRegion.Kind.FLASH);
      first(memory, MemoryRegion.Kind.RAM);
      requireDistinct(memory);
      for (String region : arena) {
        ram(memory, region);
      }
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

  /** Where data and the stack go; only for targets that are not the host. */
  public MemoryRegion dataMemory() {
    return first(memory, MemoryRegion.Kind.RAM);
  }

  /**
   * Where the network's context goes: the first region of {@link #arena()} that has room for it, or
   * else the one that has most.
   *
   * @param stackBytes taken from the region that also holds the stack
   */
  public MemoryRegion contextMemory(long contextBytes, long stackBytes) {
    List<MemoryRegion> candidates =
        arena.isEmpty()
            ? List.of(dataMemory())
            : arena.stream().map(region -> ram(memory, region)).toList();
    return candidates.stream()
        .filter(region -> contextBytes <= room(region, stackBytes))
        .findFirst()
        .orElseGet(
            () ->
                candidates.stream()
                    .max(Comparator.comparingLong(region -> room(region, stackBytes)))
                    .orElseThrow());
  }

  /** Bytes of a RAM region that the network's context may take. */
  public long room(MemoryRegion region, long stackBytes) {
    return region.bytes() - (region.equals(dataMemory()) ? stackBytes : 0);
  }

  /** Of the console, in bits a second; an emulated one takes any. */
  public int baud() {
    return console instanceof Console.Stm32Usart usart ? usart.baud() : Console.USUAL_BAUD;
  }

  /** Compiler options that select the core; empty for the host. */
  public List<String> compilerFlags() {
    return core.compilerFlags(fpu);
  }

  /** What the self-test must print as {@code isa=}: {@code armv7e-m+dsp+fp}. */
  public String isa() {
    return core.isa(fpu);
  }

  private static MemoryRegion first(List<MemoryRegion> memory, MemoryRegion.Kind kind) {
    return memory.stream()
        .filter(region -> region.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a target needs a region of " + kind));
  }

  private static MemoryRegion ram(List<MemoryRegion> memory, String name) {
    return memory.stream()
        .filter(region -> region.kind() == MemoryRegion.Kind.RAM && region.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("arena names no RAM region: " + name));
  }

  private static void requireDistinct(List<MemoryRegion> memory) {
    for (int i = 0; i < memory.size(); i++) {
      for (MemoryRegion other : memory.subList(0, i)) {
        requireDistinct(memory.get(i), other);
      }
    }
  }

  private static void requireDistinct(MemoryRegion one, MemoryRegion other) {
    boolean apart =
        one.address() + one.bytes() <= other.address()
            || other.address() + other.bytes() <= one.address();
    Valid.that(
        apart && !one.name().equals(other.name()),
        "memory regions " + one.name() + " and " + other.name() + " overlap");
  }
}
