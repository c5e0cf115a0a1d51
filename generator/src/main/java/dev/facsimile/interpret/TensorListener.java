// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Tensor;

/**
 * Hears of every tensor as it is computed.
 *
 * @param <A> byte[] for integer networks, float[] for float ones
 */
@FunctionalInterface
public interface TensorListener<A> {
  /**
   * An operator has run.
   *
   * @param operator its index in {@code graph.ops()}
   * @param tensor what it computed
   * @param contents row-major; the interpreter's own memory, valid until the next run. What a
   *     listener writes into it is what the following operators read.
   */
  void computed(int operator, Tensor tensor, A contents);

  /** Hears nothing. */
  static <A> TensorListener<A> none() {
    return (operator, tensor, contents) -> {};
  }
}
