// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.Console;
import dev.facsimile.target.Core;
import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the Renode templates print, and the CI files that use them.
 *
 * @param cpuType Renode's name of the core
 * @param hertz of the core
 * @param mips millions of instructions that make one second of virtual time
 * @param countedHertz at which the cycle counter counts: one an instruction
 * @param hasCycleCounter whether the core has a DWT_CYCCNT
 * @param memory flash, RAM, and registers that need only keep what is written to them
 * @param console the name of the peripheral that is the console: usart2
 * @param consoleLines its description
 * @param vectors address of the vector table
 * @param seconds of virtual time in which the self-test ends, whatever the compiler makes of it
 * @param duration the same as Renode's RunFor wants it: 00:01:05
 * @param buildLine how the self-test's first line goes on: what is compiled in
 * @param endLine the self-test's line with the CRC over its results
 * @param image the container image in which this runs
 * @param needsHelium whether the core is one of which Renode 1.16.1 lacks instructions
 */
public record RenodePlatform(
    String title,
    String target,
    String prefix,
    String cpuType,
    long hertz,
    long mips,
    long countedHertz,
    boolean hasCycleCounter,
    List<Memory> memory,
    String console,
    List<String> consoleLines,
    String vectors,
    long seconds,
    String duration,
    String buildLine,
    String endLine,
    String image,
    boolean needsHelium) {
  private static final long PAGE = 0x1000;
  private static final String RELEASE = "antmicro/renode:1.16.1";
  private static final String NIGHTLY = "antmicro/renode:nightly-dotnet";

  /** Names that something else has on the bus. */
  private static final Set<String> TAKEN = Set.of("cpu", "nvic", "dwt", "sysbus", "machine");

  /**
   * A memory of the platform.
   *
   * @param name Renode's, lower case
   * @param address 0x08000000
   * @param size 0x100000
   */
  public record Memory(String name, String address, String size) {}

  static RenodePlatform of(Firmware firmware, String expectedOutput) {
    Target target = firmware.target();
    long mips = Math.max(1, target.clockHz() / 1_000_000);
    long seconds = EmulatedTime.seconds(firmware, expectedOutput, mips * 1_000_000);
    boolean helium = target.core() == Core.CORTEX_M55;
    return new RenodePlatform(
        target.title(),
        target.name(),
        firmware.prefix(),
        cpuType(target.core()),
        target.clockHz(),
        mips,
        mips * 1_000_000,
        target.core() != Core.CORTEX_M0 && target.core() != Core.CORTEX_M0PLUS,
        memory(target),
        consoleName(target.console()),
        consoleLines(target.console()),
        target.codeMemory().addressText(),
        seconds,
        EmulatedTime.clock(seconds),
        "variants=%s isa=%s compiler=".formatted(firmware.kernels(), target.isa()),
        expectedOutput.substring(expectedOutput.lastIndexOf("end crc=")).strip(),
        helium ? NIGHTLY : RELEASE,
        helium);
  }

  /** Renode calls the M0+ by its name; its cortex-m4f would be its Cortex-M7. */
  private static String cpuType(Core core) {
    return core == Core.CORTEX_M0PLUS ? "cortex-m0+" : core.label();
  }

  private static List<Memory> memory(Target target) {
    List<Memory> all = new ArrayList<>();
    for (MemoryRegion region : target.memory()) {
      String name = region.name().toLowerCase(Locale.ROOT);
      boolean taken = TAKEN.contains(name) || name.equals(consoleName(target.console()));
      all.add(
          new Memory(taken ? "memory_" + name : name, region.addressText(), hex(region.bytes())));
    }
    all.addAll(registers(target));
    return all;
  }

  /**
   * The pages in which set-up, pins, clock gates and timers have their registers, as plain memory:
   * unmapped, each poll would be a line in the log. The PLL never locks, as in QEMU, and the
   * self-test goes on with the clock it has after reset. A page that the console is in stays out.
   */
  private static List<Memory> registers(Target target) {
    SortedSet<Long> pages = new TreeSet<>();
    DeviceRegisters.of(target).forEach(address -> pages.add(address / PAGE * PAGE));
    if (target.console() instanceof Console.Stm32Usart usart) {
      pages.remove(usart.base() / PAGE * PAGE);
    }
    return pages.stream()
        .map(page -> new Memory("registers_" + Long.toHexString(page), hex(page), hex(PAGE)))
        .toList();
  }

  private static String consoleName(Console console) {
    return console instanceof Console.Stm32Usart usart
        ? usart.name().toLowerCase(Locale.ROOT)
        : "uart0";
  }

  private static List<String> consoleLines(Console console) {
    return console.accept(
        new Console.Visitor<>() {
          @Override
          public List<String> standardOutput(Console.StandardOutput output) {
            throw new IllegalArgumentException("Renode emulates no host");
          }

          @Override
          public List<String> cmsdkUart(Console.CmsdkUart uart) {
            return List.of(
                "uart0: UART.CMSDK_APB_UART @ sysbus " + uart.baseText(),
                "    TxInterrupt -> nvic@" + uart.interrupt());
          }

          @Override
          public List<String> stm32Usart(Console.Stm32Usart usart) {
            return usart.statusAndData() ? older(usart) : newer(usart);
          }

          @Override
          public List<String> nrf51Uart(Console.Nrf51Uart uart) {
            return List.of(
                "uart0: UART.NRF52840_UART @ sysbus " + uart.baseText(),
                "    IRQ -> nvic@" + uart.interrupt());
          }
        });
  }

  private static List<String> older(Console.Stm32Usart usart) {
    return List.of(
        consoleName(usart) + ": UART.STM32_UART @ sysbus <" + usart.baseText() + ", +0x100>",
        "    -> nvic@" + usart.interrupt());
  }

  private static List<String> newer(Console.Stm32Usart usart) {
    List<String> lines = new ArrayList<>();
    lines.add(consoleName(usart) + ": UART.STM32F7_USART @ sysbus " + usart.baseText());
    lines.add("    frequency: " + usart.clockHz());
    if (usart.lowPower()) {
      lines.add("    lowPowerMode: true");
    }
    lines.add("    IRQ -> nvic@" + usart.interrupt());
    return lines;
  }

  private static String hex(long bytes) {
    return "0x" + Long.toHexString(bytes);
  }
}
