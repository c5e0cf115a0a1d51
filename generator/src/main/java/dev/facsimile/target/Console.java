// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonProperty;
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
  @JsonSubTypes.Type(value = Console.Nrf51Uart.class, name = "nrf51-uart"),
})
public sealed interface Console {

  /** What all consoles have whose rate is not described, in bits a second. */
  int USUAL_BAUD = 115_200;

  <R> R accept(Visitor<R> visitor);

  /** One method a kind of console: a new kind does not compile until all its users know it. */
  interface Visitor<R> {
    R standardOutput(StandardOutput console);

    R cmsdkUart(CmsdkUart console);

    R stm32Usart(Stm32Usart console);

    R nrf51Uart(Nrf51Uart console);
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
   * A USART or LPUART of an STM32.
   *
   * @param name as the reference manual calls it: USART2
   * @param registers which of the families' register layouts it has
   * @param base address of its first register
   * @param interrupt number at the NVIC
   * @param clock what gates its clock
   * @param clockHz that drives it after set-up; before, it is the set-up's reset_hz
   * @param pins where its lines leave the chip
   */
  record Stm32Usart(
      String name,
      Registers registers,
      @JsonDeserialize(using = Quantity.class) long base,
      @JsonProperty(required = true) int interrupt,
      Gate clock,
      long clockHz,
      Pins pins,
      int baud)
      implements Console {

    /** Register layouts. */
    public enum Registers {
      /** SR, DR, BRR, CR1: F1, F2, F4, L1 (RM0090 section 30.6). */
      @JsonProperty("sr-dr")
      SR_DR,
      /** CR1, BRR, ISR, RDR, TDR: all later families (RM0433 section 48.7). */
      @JsonProperty("isr-tdr")
      ISR_TDR,
      /** The same, of an LPUART: its divider has eight more bits. */
      @JsonProperty("isr-tdr-low-power")
      ISR_TDR_LOW_POWER
    }

    public Stm32Usart {
      Valid.that(name != null && name.matches("(LP)?US?ART[0-9]{1,2}"), "no name of a USART");
      Valid.that(registers != null && clock != null && pins != null, "the console lacks a field");
      Valid.register(base);
      Valid.that(interrupt >= 0 && interrupt < 480, "no interrupt " + interrupt);
      Valid.that(clockHz > 0 && baud > 0 && clockHz / 8 >= baud, "no such baud rate: " + baud);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stm32Usart(this);
    }

    /** 0x40011400. */
    public String baseText() {
      return hex(base);
    }

    public boolean statusAndData() {
      return registers == Registers.SR_DR;
    }

    public boolean lowPower() {
      return registers == Registers.ISR_TDR_LOW_POWER;
    }

    /** What one baud of the divider register is a fraction of: 256 for an LPUART. */
    public int dividerScale() {
      return lowPower() ? 256 : 1;
    }
  }

  /**
   * One bit of a register.
   *
   * @param address in the file {@code at}
   */
  record Gate(
      @JsonProperty("at") @JsonDeserialize(using = Quantity.class) long address,
      @JsonProperty(required = true) int bit) {
    public Gate {
      Valid.register(address);
      Valid.that(bit >= 0 && bit <= 31, "no bit " + bit);
    }

    /** 0x40023844. */
    public String addressText() {
      return hex(address);
    }
  }

  /**
   * Two pins of one GPIO port of an STM32 (all but the F1, whose ports differ).
   *
   * @param port its letter
   * @param base address of the port's MODER register
   * @param clock what gates the port's clock
   * @param transmit number of the TX pin, 0 to 15
   * @param receive number of the RX pin, 0 to 15
   * @param alternateFunction of both, 0 to 15
   */
  record Pins(
      String port,
      @JsonDeserialize(using = Quantity.class) long base,
      Gate clock,
      @JsonProperty(required = true) int transmit,
      @JsonProperty(required = true) int receive,
      @JsonProperty(required = true) int alternateFunction) {
    public Pins {
      Valid.that(port != null && port.matches("[A-K]"), "no such port: " + port);
      Valid.register(base);
      Valid.that(clock != null, "the pins lack their port's clock");
      Valid.that(((transmit | receive | alternateFunction) & ~15) == 0, "no such pin or function");
    }

    /** 0x40020000. */
    public String baseText() {
      return hex(base);
    }
  }

  /**
   * The UART of Nordic's nRF51 (nRF51 Series Reference Manual), at 115200 baud.
   *
   * @param base address of its registers
   * @param interrupt number at the NVIC
   * @param transmit number of the TX pin, 0 to 31
   * @param receive number of the RX pin, 0 to 31
   */
  record Nrf51Uart(
      @JsonDeserialize(using = Quantity.class) long base,
      @JsonProperty(required = true) int interrupt,
      @JsonProperty(required = true) int transmit,
      @JsonProperty(required = true) int receive)
      implements Console {
    public Nrf51Uart {
      Valid.register(base);
      Valid.that(((transmit | receive) & ~31) == 0, "no such pin");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nrf51Uart(this);
    }

    /** 0x40002000. */
    public String baseText() {
      return hex(base);
    }
  }

  private static String hex(long address) {
    return String.format(Locale.ROOT, "0x%08x", address);
  }
}
