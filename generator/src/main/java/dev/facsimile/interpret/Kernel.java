// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import java.util.List;

/**
 * One operator made ready to run: parameters computed, weights unpacked.
 *
 * @param <A> type of a tensor's contents
 */
interface Kernel<A> {
  /**
   * Computes the output from the operands.
   *
   * @param inputs contents of {@code op.inputs()}, in that order; null for filters and biases of
   *     integer operators, which are unpacked beforehand
   */
  void run(List<A> inputs, A output);

  /**
   * This kernel for another thread: the same constants, its own working memory where it has any.
   */
  default Kernel<A> fork() {
    return this;
  }
}
