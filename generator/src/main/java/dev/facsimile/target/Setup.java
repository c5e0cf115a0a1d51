// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Locale;

/** What has to be switched on before main: supply, clocks, flash wait states. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Setup.None.class, name = "none"),
  @JsonSubTypes.Type(value = Setup.Registers.class, name = "registers"),
})
public sealed interface Setup {

  <R> R accept(Visitor<R> visitor);

  /** One method a kind of set-up: a new kind does not compile until all its users know it. */
  interface Visitor<R> {
    R none(None setup);

    R registers(Registers setup);
  }

  /** Everything runs at reset already. */
  record None() implements Setup {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.none(this);
    }
  }

  /**
   * A sequence of accesses to device registers, as the reference manual prescribes it. If a state
   * that is waited for never comes (an emulator without a PLL, another silicon revision), the
   * sequence ends there and the chip goes on with the clock it has: no step before the one that
   * selects the new clock may change the clock of the console.
   *
   * @param resetHz of the core and the console's bus after reset
   * @param steps in order; the last selects and awaits the final clock
   */
  record Registers(long resetHz, List<Step> steps) implements Setup {
    public Registers {
      Valid.that(resetHz > 0, "reset_hz must be positive");
      Valid.that(steps != null && !steps.isEmpty(), "set-up by registers needs steps");
      steps = List.copyOf(steps);
    }

    /** Whether a template needs what makes pauses. */
    public boolean hasPauses() {
      return steps.stream().anyMatch(Step::pauses);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.registers(this);
    }
  }

  /** What a step does to its register. */
  enum Action {
    /** The register becomes {@code value}. */
    @JsonProperty("write")
    WRITE,
    /** The bits of {@code mask} become those of {@code value}. */
    @JsonProperty("change")
    CHANGE,
    /** Reads until the bits of {@code mask} are those of {@code value}. */
    @JsonProperty("await")
    AWAIT,
    /** Lets some time pass. */
    @JsonProperty("pause")
    PAUSE
  }

  /**
   * One access.
   *
   * @param action its name in the file is {@code do}
   * @param address of a 32-bit register, in the file {@code at}
   * @param mask which bits; absent for a write
   * @param turns of an empty loop, for a pause, which has no register
   * @param value new or awaited bits, none outside the mask
   * @param why what it is for, with the manual's section where it is not obvious
   */
  record Step(
      @JsonProperty("do") Action action,
      @JsonProperty("at") @JsonDeserialize(using = Quantity.class) long address,
      @JsonDeserialize(using = Quantity.class) long mask,
      @JsonDeserialize(using = Quantity.class) long value,
      int turns,
      String why) {
    public Step {
      Valid.that(action != null, "a step needs 'do': write, change, await or pause");
      Valid.text(why, "why");
      Valid.that((action == Action.PAUSE) == (turns > 0), "a pause, and nothing else, has turns");
      if (action == Action.PAUSE) {
        Valid.that((address | mask | value) == 0, "a pause has no register");
      } else {
        Valid.register(address);
      }
      if (action == Action.WRITE) {
        Valid.that(mask == 0, "a write has no mask");
      } else if (action != Action.PAUSE) {
        Valid.that(mask != 0 && (value & ~mask) == 0, "value has bits outside its mask");
      }
    }

    /** As C: register address. */
    public String addressText() {
      return hex(address);
    }

    public String maskText() {
      return hex(mask);
    }

    public String valueText() {
      return hex(value);
    }

    public boolean writes() {
      return action == Action.WRITE;
    }

    public boolean changes() {
      return action == Action.CHANGE;
    }

    public boolean pauses() {
      return action == Action.PAUSE;
    }

    private static String hex(long bits) {
      return String.format(Locale.ROOT, "0x%08xu", bits);
    }
  }
}
