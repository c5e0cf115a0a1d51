// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A processor core, as compilers and emulators name it. */
public enum Core {
  @JsonProperty("host")
  HOST("host", "host"),
  @JsonProperty("cortex-m0")
  CORTEX_M0("cortex-m0", "armv6-m"),
  @JsonProperty("cortex-m0plus")
  CORTEX_M0PLUS("cortex-m0plus", "armv6-m"),
  @JsonProperty("cortex-m3")
  CORTEX_M3("cortex-m3", "armv7-m"),
  @JsonProperty("cortex-m4")
  CORTEX_M4("cortex-m4", "armv7e-m+dsp"),
  @JsonProperty("cortex-m7")
  CORTEX_M7("cortex-m7", "armv7e-m+dsp"),
  @JsonProperty("cortex-m33")
  CORTEX_M33("cortex-m33", "armv8-m.main+dsp"),
  @JsonProperty("cortex-m55")
  CORTEX_M55("cortex-m55", "armv8-m.main+dsp");

  private final String label;
  private final String isa;

  Core(String label, String isa) {
    this.label = label;
    this.isa = isa;
  }

  /** The name compilers know: cortex-m4. */
  public String label() {
    return label;
  }

  /**
   * What the self-test prints as {@code isa=}, from the compiler's macros; what code compiled for
   * this core must be. Helium comes with the floating-point unit.
   */
  String isa(Fpu fpu) {
    return this == CORTEX_M55 && fpu == Fpu.AUTO
        ? "armv8.1-m.main+dsp+fp.dp+mve.fp"
        : isa + fpu.isa();
  }

  /**
   * Compiler options that select the core and its floating-point unit; empty for the host.
   *
   * @param fpu what the target has; armv8.1-m needs the hard ABI for Helium to be defined
   */
  List<String> compilerFlags(Fpu fpu) {
    if (this == HOST) {
      return List.of();
    }
    String cpu = "-mcpu=" + label;
    return fpu == Fpu.NONE
        ? List.of(cpu, "-mthumb", "-mfloat-abi=soft")
        : List.of(cpu, "-mthumb", "-mfloat-abi=hard", "-mfpu=" + fpu.option());
  }
}
