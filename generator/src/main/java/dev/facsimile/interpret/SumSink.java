// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

/** Where the accumulators of a pixel, or of a row of a matrix product, go. */
interface SumSink {
  /** Takes one sum for each output channel; {@code offset} counts elements of the output. */
  void store(int[] sums, byte[] output, int offset);
}
