// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A floating-point unit. Generated code computes in integers, but an ABI has to be chosen. */
public enum Fpu {
  @JsonProperty("none")
  NONE("", ""),
  @JsonProperty("fpv4-sp")
  FPV4_SP("fpv4-sp-d16", "+fp"),
  @JsonProperty("fpv5-sp")
  FPV5_SP("fpv5-sp-d16", "+fp"),
  @JsonProperty("fpv5-dp")
  FPV5_DP("fpv5-d16", "+fp.dp"),
  /** What the core's default is: Cortex-M55, whose vector unit is part of it. */
  @JsonProperty("auto")
  AUTO("auto", "+fp");

  private final String option;
  private final String isa;

  Fpu(String option, String isa) {
    this.option = option;
    this.isa = isa;
  }

  /** What it adds to the name of the instruction set. */
  String isa() {
    return isa;
  }

  /** The value of gcc's {@code -mfpu}. */
  String option() {
    return option;
  }
}
