// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Locale;

/** What the self-test can time an inference with. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Counter.None.class, name = "none"),
  @JsonSubTypes.Type(value = Counter.CmsdkTimer.class, name = "cmsdk-timer"),
  @JsonSubTypes.Type(value = Counter.Dwt.class, name = "dwt"),
  @JsonSubTypes.Type(value = Counter.Stm32Timer.class, name = "stm32-timer"),
  @JsonSubTypes.Type(value = Counter.Nrf51Timer.class, name = "nrf51-timer"),
})
public sealed interface Counter {

  <R> R accept(Visitor<R> visitor);

  /** One method a kind of counter: a new kind does not compile until all its users know it. */
  interface Visitor<R> {
    R none(None counter);

    R cmsdkTimer(CmsdkTimer counter);

    R dwt(Dwt counter);

    R stm32Timer(Stm32Timer counter);

    R nrf51Timer(Nrf51Timer counter);
  }

  /** Nothing to count with. */
  record None() implements Counter {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.none(this);
    }
  }

  /**
   * A 32-bit down counter of Arm's Cortex-M System Design Kit. Under QEMU's {@code -icount} it is
   * proportional to instructions, so the self-test calibrates it with a loop of known length.
   *
   * @param base address of its CTRL register
   */
  record CmsdkTimer(@JsonDeserialize(using = Quantity.class) long base) implements Counter {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.cmsdkTimer(this);
    }

    /** 0x40000000. */
    public String baseText() {
      return String.format(Locale.ROOT, "0x%08x", base);
    }
  }

  /** The core's own cycle counter, DWT_CYCCNT; reads 0 under QEMU. */
  record Dwt() implements Counter {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dwt(this);
    }
  }

  /**
   * A 32-bit general-purpose timer of an STM32 (RM0444) whose clock is the core's, for cores that
   * have no cycle counter.
   *
   * @param base address of its CR1 register
   * @param clock what gates its clock
   */
  record Stm32Timer(@JsonDeserialize(using = Quantity.class) long base, Console.Gate clock)
      implements Counter {
    public Stm32Timer {
      Valid.register(base);
      Valid.that(clock != null, "the timer lacks its clock");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stm32Timer(this);
    }

    /** 0x40000000. */
    public String baseText() {
      return String.format(Locale.ROOT, "0x%08x", base);
    }
  }

  /**
   * TIMER0 of an nRF51 at 16 MHz (nRF51 Series Reference Manual). Under QEMU's {@code -icount} it
   * is proportional to instructions.
   *
   * @param base address of its registers
   */
  record Nrf51Timer(@JsonDeserialize(using = Quantity.class) long base) implements Counter {
    public Nrf51Timer {
      Valid.register(base);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nrf51Timer(this);
    }

    /** 0x40008000. */
    public String baseText() {
      return String.format(Locale.ROOT, "0x%08x", base);
    }
  }
}
