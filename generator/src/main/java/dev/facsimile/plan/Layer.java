// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.TensorId;
import java.util.List;
import java.util.Objects;

/**
 * One operator of the network as the generated program runs it. Operators that need no code (a
 * RESHAPE, a CONCATENATION whose operands were written in place) are no layers.
 *
 * @param index from 0
 * @param name C identifier, unique in the plan: layer_03_conv2d
 * @param step index of the operator in {@link ExecutionPlan#graph()}
 * @param inputs activations it reads
 * @param output activation it writes
 * @param outputSlot where, as bytes of the arena
 * @param macs multiply-accumulates of one inference
 * @param constantBytes flash for constants that no earlier layer uses
 */
public record Layer(
    int index,
    String name,
    int step,
    List<TensorId> inputs,
    TensorId output,
    Slot outputSlot,
    long macs,
    int constantBytes,
    List<KernelCall> calls) {
  public Layer {
    Objects.requireNonNull(name);
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(output);
    Objects.requireNonNull(outputSlot);
    calls = List.copyOf(calls);
  }
}
