// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.Console;
import dev.facsimile.target.MemoryRegion;
import dev.facsimile.target.Setup;
import dev.facsimile.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    all.addAll(target.setup().accept(new RegistersOfSetup()));
    return all;
  }

  /**
   * Clock, flash and pin registers as plain memory: unmapped, each poll would be a line in the log.
   * The PLL never locks, as in QEMU, and the self-test goes on from the internal oscillator.
   */
  private static final class RegistersOfSetup implements Setup.Visitor<List<Memory>> {
    @Override
    public List<Memory> none(Setup.None setup) {
      return List.of();
    }

    @Override
    public List<Memory> stm32F4(Setup.Stm32F4 setup) {
      return List.of(new Memory("registers", "0x40020000", "0x4000"));
    }
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
            return List.of(
                "console: UART.STM32_UART @ sysbus <" + usart.baseText() + ", +0x100>",
                "    -> nvic@" + usart.interrupt());
          }
        });
  }

  private static String hex(long bytes) {
    return "0x" + Long.toHexString(bytes);
  }
}
