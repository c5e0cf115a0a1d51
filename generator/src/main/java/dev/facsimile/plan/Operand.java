// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

/** Something a kernel reads or writes: bytes of the arena, or constants. */
public sealed interface Operand {

  /**
   * An activation.
   *
   * @param element what the kernel takes it for: the tensor's type, or bytes where they are moved
   */
  record InArena(Slot slot, ConstantBlock.Element element) implements Operand {}

  /** Bytes of the arena that the kernel works in: they mean nothing before and after. */
  record InScratch(Slot slot, ConstantBlock.Element element) implements Operand {}

  /** A block of constants, by its name in {@link ExecutionPlan#constants()}. */
  record InFlash(String block) implements Operand {}
}
