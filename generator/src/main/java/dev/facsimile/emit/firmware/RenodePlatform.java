// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.Console;
import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the Renode templates print.
 *
 * @param cpuType Renode's name of the core
 * @param hertz of the core
 * @param mips millions of instructions that make one second of virtual time
 * @param memory flash, RAM, and registers that need only keep what is written to them
 * @param console lines that describe the peripheral {@code console}
 * @param seconds of virtual time after which a test has failed
 * @param endLine the self-test's line with the CRC over its results
 */
public record RenodePlatform(
    String title,
    String target,
    String prefix,
    String cpuType,
    long hertz,
    long mips,
    List<Memory> memory,
    List<String> console,
    int seconds,
    String endLine) {
  private static final int SECONDS = 120;
  private static final long PAGE = 0x1000;

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
    return new RenodePlatform(
        target.title(),
        target.name(),
        firmware.prefix(),
        target.core().label(),
        target.clockHz(),
        Math.max(1, target.clockHz() / 1_000_000),
        memory(target),
        console(target.console()),
        SECONDS,
        expectedOutput.substring(expectedOutput.lastIndexOf("end crc=")).strip());
  }

  private static List<Memory> memory(Target target) {
    List<Memory> all = new ArrayList<>();
    for (MemoryRegion region : target.memory()) {
      all.add(
          new Memory(
              region.name().toLowerCase(Locale.ROOT), region.addressText(), hex(region.bytes())));
    }
    all.addAll(registers(target));
    return all;
  }

  /**
   * The pages in which set-up, pins and clock gates have their registers, as plain memory:
   * unmapped, each poll would be a line in the log. The PLL never locks, as in QEMU, and the
   * self-test goes on with the clock it has after reset.
   */
  private static List<Memory> registers(Target target) {
    SortedSet<Long> pages = new TreeSet<>();
    DeviceRegisters.of(target).forEach(address -> pages.add(address / PAGE * PAGE));
    return pages.stream()
        .map(page -> new Memory("registers_" + Long.toHexString(page), hex(page), hex(PAGE)))
        .toList();
  }

  private static List<String> console(Console console) {
    return console.accept(
        new Console.Visitor<>() {
          @Override
          public List<String> standardOutput(Console.StandardOutput output) {
            throw new IllegalArgumentException("Renode emulates no host");
          }

          @Override
          public List<String> cmsdkUart(Console.CmsdkUart uart) {
            return List.of(
                "console: UART.CMSDK_APB_UART @ sysbus " + uart.baseText(),
                "    TxInterrupt -> nvic@" + uart.interrupt());
          }

          @Override
          public List<String> stm32Usart(Console.Stm32Usart usart) {
            return usart.statusAndData() ? older(usart) : newer(usart);
          }

          @Override
          public List<String> nrf51Uart(Console.Nrf51Uart uart) {
            return List.of(
                "console: UART.NRF52840_UART @ sysbus " + uart.baseText(),
                "    IRQ -> nvic@" + uart.interrupt());
          }
        });
  }

  private static List<String> older(Console.Stm32Usart usart) {
    return List.of(
        "console: UART.STM32_UART @ sysbus <" + usart.baseText() + ", +0x100>",
        "    -> nvic@" + usart.interrupt());
  }

  private static List<String> newer(Console.Stm32Usart usart) {
    List<String> lines = new ArrayList<>();
    lines.add("console: UART.STM32F7_USART @ sysbus " + usart.baseText());
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
