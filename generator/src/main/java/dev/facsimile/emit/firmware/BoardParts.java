// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.Console;
import dev.facsimile.target.Counter;
import dev.facsimile.target.Setup;

/** Which template, with which record, is which part of a board. */
final class BoardParts {
  /** A part that is the same on all boards that have it. */
  private static Part fixed(String file) {
    return new Part(file, "");
  }

  /**
   * @param template path below {@code templates/}
   * @param model what it prints
   */
  record Part(String template, Object model) {}

  static Part setup(Setup setup) {
    return setup.accept(
        new Setup.Visitor<>() {
          @Override
          public Part none(Setup.None none) {
            return fixed("board/setup_none.c");
          }

          @Override
          public Part registers(Setup.Registers steps) {
            return new Part("board/setup_registers.c.vm", steps);
          }
        });
  }

  static Part console(Console console) {
    return console.accept(
        new Console.Visitor<>() {
          @Override
          public Part standardOutput(Console.StandardOutput output) {
            throw new IllegalArgumentException("a board without a console of its own");
          }

          @Override
          public Part cmsdkUart(Console.CmsdkUart uart) {
            return new Part("board/console_cmsdk_uart.c.vm", uart);
          }

          @Override
          public Part stm32Usart(Console.Stm32Usart usart) {
            return new Part("board/console_stm32_usart.c.vm", usart);
          }

          @Override
          public Part nrf51Uart(Console.Nrf51Uart uart) {
            return new Part("board/console_nrf51_uart.c.vm", uart);
          }
        });
  }

  static Part counter(Counter counter) {
    return counter.accept(
        new Counter.Visitor<>() {
          @Override
          public Part none(Counter.None none) {
            return fixed("board/counter_none.c");
          }

          @Override
          public Part cmsdkTimer(Counter.CmsdkTimer timer) {
            return new Part("board/counter_cmsdk_timer.c.vm", timer);
          }

          @Override
          public Part dwt(Counter.Dwt dwt) {
            return fixed("board/counter_dwt.c");
          }

          @Override
          public Part stm32Timer(Counter.Stm32Timer timer) {
            return new Part("board/counter_stm32_timer.c.vm", timer);
          }

          @Override
          public Part nrf51Timer(Counter.Nrf51Timer timer) {
            return new Part("board/counter_nrf51_timer.c.vm", timer);
          }
        });
  }

  static Part caches(boolean l1) {
    return fixed(l1 ? "board/caches_l1.c" : "board/caches_none.c");
  }

  private BoardParts() {}
}
