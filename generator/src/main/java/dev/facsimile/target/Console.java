// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Locale;

/** Where a program prints its lines. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Console.StandardOutput.class, name = "standard-output"),
  @JsonSubTypes.Type(value = Console.CmsdkUart.class, name = "cmsdk-uart"),
  @JsonSubTypes.Type(value = Console.Stm32Usart.class, name = "stm32-usart"),
})
public sealed interface Console {

  <R> R accept(Visitor<R> visitor);

  /** One method a kind of console: a new kind does not compile until all its users know it. */
  interface Visitor<R> {
    R standardOutput(StandardOutput console);

    R cmsdkUart(CmsdkUart console);

    R stm32Usart(Stm32Usart console);
  }

  /** A hosted program: its standard output. */
  record StandardOutput() implements Console {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.standardOutput(this);
    }
  }

  /**
   * The UART of Arm's Cortex-M System Design Kit (DDI 0479), which every MPS2 image has.
   *
   * @param base address of its DATA register
   * @param interrupt number of the transmit interrupt at the NVIC
   */
  record CmsdkUart(@JsonDeserialize(using = Quantity.class) long base, int interrupt)
      implements Console {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.cmsdkUart(this);
    }

    /** 0x40004000. */
    public String baseText() {
      return hex(base);
    }
  }

  /**
   * A USART of the kind that STM32 F1, F2, F4 and L1 have (registers SR, DR, BRR, CR1; RM0090
   * section 30).
   *
   * @param number the USART's number in the reference manual
   * @param base address of its SR register
   * @param interrupt number at the NVIC
   * @param bus apb1 or apb2
   * @param enableBit bit of RCC_APBxENR that clocks it
   * @param port GPIO port letter of the TX pin
   * @param pin number of the TX pin, 0 to 15
   * @param alternateFunction of the TX pin, 0 to 15
   */
  record Stm32Usart(
      int number,
      @JsonDeserialize(using = Quantity.class) long base,
      int interrupt,
      String bus,
      int enableBit,
      String port,
      int pin,
      int alternateFunction,
      int baud)
      implements Console {
    public Stm32Usart {
      if (!bus.equals("apb1") && !bus.equals("apb2")) {
        throw new IllegalArgumentException("bus must be apb1 or apb2 but was '" + bus + "'");
      }
      if (!port.matches("[A-K]") || pin < 0 || pin > 15) {
        throw new IllegalArgumentException("no such pin: P" + port + pin);
      }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stm32Usart(this);
    }

    /** 0x40011400. */
    public String baseText() {
      return hex(base);
    }

    public boolean onApb2() {
      return bus.equals("apb2");
    }

    /** 0 for port A. */
    public int portIndex() {
      return port.charAt(0) - 'A';
    }
  }

  private static String hex(long address) {
    return String.format(Locale.ROOT, "0x%08x", address);
  }
}
