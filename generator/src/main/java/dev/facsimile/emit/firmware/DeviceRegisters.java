// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.target.Console;
import dev.facsimile.target.Counter;
import dev.facsimile.target.Setup;
import dev.facsimile.target.Target;
import java.util.ArrayList;
import java.util.List;

/** Addresses of the device registers that a board's code touches, but for its console's own. */
final class DeviceRegisters {
  private DeviceRegisters() {}

  static List<Long> of(Target target) {
    List<Long> all = new ArrayList<>(target.setup().accept(new OfSetup()));
    all.addAll(target.console().accept(new OfConsole()));
    all.addAll(target.counter().accept(new OfCounter()));
    return all;
  }

  private static final class OfSetup implements Setup.Visitor<List<Long>> {
    @Override
    public List<Long> none(Setup.None setup) {
      return List.of();
    }

    @Override
    public List<Long> registers(Setup.Registers setup) {
      return setup.steps().stream()
          .filter(step -> !step.pauses())
          .map(Setup.Step::address)
          .toList();
    }
  }

  private static final class OfConsole implements Console.Visitor<List<Long>> {
    @Override
    public List<Long> standardOutput(Console.StandardOutput console) {
      return List.of();
    }

    @Override
    public List<Long> cmsdkUart(Console.CmsdkUart console) {
      return List.of();
    }

    @Override
    public List<Long> stm32Usart(Console.Stm32Usart console) {
      return List.of(
          console.clock().address(), console.pins().clock().address(), console.pins().base());
    }

    @Override
    public List<Long> nrf51Uart(Console.Nrf51Uart console) {
      return List.of();
    }
  }

  private static final class OfCounter implements Counter.Visitor<List<Long>> {
    @Override
    public List<Long> none(Counter.None counter) {
      return List.of();
    }

    @Override
    public List<Long> cmsdkTimer(Counter.CmsdkTimer counter) {
      return List.of(counter.base());
    }

    @Override
    public List<Long> dwt(Counter.Dwt counter) {
      return List.of();
    }

    @Override
    public List<Long> stm32Timer(Counter.Stm32Timer counter) {
      return List.of(counter.base(), counter.clock().address());
    }

    @Override
    public List<Long> nrf51Timer(Counter.Nrf51Timer counter) {
      return List.of(counter.base());
    }
  }
}
