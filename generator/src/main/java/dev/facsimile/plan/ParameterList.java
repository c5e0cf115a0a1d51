// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.quantize.ActivationRange;
import dev.facsimile.quantize.FixedPointMultiplier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the members of a parameter struct one after the other. */
final class ParameterList {
  private final List<Parameter> members = new ArrayList<>();
  private final String prefix;

  ParameterList() {
    this("");
  }

  private ParameterList(String prefix) {
    this.prefix = prefix;
  }

  ParameterList put(String member, int value) {
    members.add(new Parameter(prefix + member, List.of(value)));
    return this;
  }

  ParameterList put(String member, int[] values) {
    members.add(new Parameter(prefix + member, Arrays.stream(values).boxed().toList()));
    return this;
  }

  /** {@code <name>_multiplier} and {@code <name>_shift}. */
  ParameterList put(String name, FixedPointMultiplier factor) {
    return put(name + "_multiplier", factor.multiplier()).put(name + "_shift", factor.shift());
  }

  ParameterList put(ActivationRange range) {
    return put("output_min", range.min()).put("output_max", range.max());
  }

  /** Members of a struct within the struct. */
  ParameterList nested(String name) {
    return new ParameterList(prefix + name + ".");
  }

  ParameterList putAll(ParameterList nested) {
    members.addAll(nested.members);
    return this;
  }

  List<Parameter> build() {
    return List.copyOf(members);
  }
}
