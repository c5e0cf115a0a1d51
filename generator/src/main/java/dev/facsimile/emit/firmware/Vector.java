// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.graph.ConstantBytes;
import java.util.List;

/**
 * One inference that the self-test repeats: what goes in, and what every layer and every output
 * must be according to the reference interpreter.
 *
 * @param inputs one a port, in the network's order
 * @param layerCrcs CRC-32 (IEEE 802.3, as zlib's) of each layer's output bytes
 * @param outputs one a port, in the network's order
 */
public record Vector(
    List<ConstantBytes> inputs, List<Integer> layerCrcs, List<ConstantBytes> outputs) {
  public Vector {
    inputs = List.copyOf(inputs);
    layerCrcs = List.copyOf(layerCrcs);
    outputs = List.copyOf(outputs);
  }
}
