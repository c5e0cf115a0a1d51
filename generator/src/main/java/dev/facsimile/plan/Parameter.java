// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import java.util.List;

/**
 * One member of a kernel's parameter struct.
 *
 * @param member as in a C designator without the leading dot: {@code input_h}, {@code
 *     element.count}
 * @param values one number, or those of an array
 */
public record Parameter(String member, List<Integer> values) {
  public Parameter {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("member " + member + " has no value");
    }
  }
}
