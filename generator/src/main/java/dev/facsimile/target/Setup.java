// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What has to be switched on before main: clocks and flash wait states. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Setup.None.class, name = "none"),
  @JsonSubTypes.Type(value = Setup.Stm32F4.class, name = "stm32f4"),
})
public sealed interface Setup {

  <R> R accept(Visitor<R> visitor);

  /** One method a kind of set-up: a new kind does not compile until all its users know it. */
  interface Visitor<R> {
    R none(None setup);

    R stm32F4(Stm32F4 setup);
  }

  /** Everything runs at reset already. */
  record None() implements Setup {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.none(this);
    }
  }

  /**
   * PLL from the internal oscillator (RM0090 section 7.3.2): oscillator / m * n / p.
   *
   * @param oscillatorHz the internal oscillator, 16 MHz
   * @param apb1Divider 1, 2, 4, 8 or 16
   * @param apb2Divider 1, 2, 4, 8 or 16
   * @param flashWaitStates for the final clock at 2.7 to 3.6 V (RM0090 table 10)
   */
  record Stm32F4(
      long oscillatorHz,
      int pllM,
      int pllN,
      int pllP,
      int pllQ,
      int apb1Divider,
      int apb2Divider,
      int flashWaitStates)
      implements Setup {
    public Stm32F4 {
      long vco = oscillatorHz / pllM * pllN;
      if (vco < 100_000_000 || vco > 432_000_000) {
        throw new IllegalArgumentException("the PLL cannot oscillate at " + vco + " Hz");
      }
      busPrescaler(apb1Divider);
      busPrescaler(apb2Divider);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.stm32F4(this);
    }

    public long pllHz() {
      return oscillatorHz / pllM * pllN / pllP;
    }

    /** RCC_PLLCFGR. */
    public long pllConfiguration() {
      return pllM | (long) pllN << 6 | (long) (pllP / 2 - 1) << 16 | (long) pllQ << 24;
    }

    /** The bus prescalers of RCC_CFGR, with the PLL not yet selected. */
    public long busConfiguration() {
      return busPrescaler(apb1Divider) << 10 | busPrescaler(apb2Divider) << 13;
    }

    private static long busPrescaler(int divider) {
      return switch (divider) {
        case 1 -> 0;
        case 2 -> 4;
        case 4 -> 5;
        case 8 -> 6;
        case 16 -> 7;
        default -> throw new IllegalArgumentException("no bus prescaler divides by " + divider);
      };
    }
  }
}
