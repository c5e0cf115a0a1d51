// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import java.util.List;
import java.util.Objects;

/**
 * One call of a kernel with everything it needs.
 *
 * @param parameters members of the kernel's struct, in the struct's order
 * @param operands the arguments after the struct, in the order of the kernel's signature; the last
 *     is the output
 */
public record KernelCall(Kernel kernel, List<Parameter> parameters, List<Operand> operands) {
  public KernelCall {
    Objects.requireNonNull(kernel);
    parameters = List.copyOf(parameters);
    operands = List.copyOf(operands);
  }
}
