// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import java.util.ArrayList;
import java.util.List;

/**
 * One inference that a product repeats at its start: inputs that a seed stands for, and what comes
 * out of them.
 *
 * @param seed of the random inputs, not 0
 * @param outputsCrc CRC-32 (IEEE 802.3) of the bytes of all outputs in the network's order
 */
public record KnownAnswer(int seed, int outputsCrc) {
  public KnownAnswer {
    requireSeed(seed);
  }

  /**
   * What the generated {@code fill} writes: bytes of Marsaglia's xorshift32, one sequence over all
   * inputs in the network's order. Any bytes are inputs: int8 codes, or the halves of int16 codes.
   *
   * @param seed not 0
   */
  public static List<byte[]> inputs(Graph graph, int seed) {
    requireSeed(seed);
    int state = seed;
    List<byte[]> inputs = new ArrayList<>();
    for (Port port : graph.inputs()) {
      byte[] bytes = new byte[graph.tensor(port.tensor()).bytes()];
      for (int i = 0; i < bytes.length; i++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        bytes[i] = (byte) (state >>> 24);
      }
      inputs.add(bytes);
    }
    return inputs;
  }

  private static void requireSeed(int seed) {
    if (seed == 0) {
      throw new IllegalArgumentException("xorshift never leaves 0");
    }
  }
}
