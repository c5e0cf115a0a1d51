// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import java.util.List;

/**
 * What a board made of one vector.
 *
 * @param outputs the bytes of each output
 * @param layerCrcs CRC-32 of each layer's output
 * @param layerTicks what each layer took, in the unit of the board's counter
 * @param ticks their sum
 */
public record Inference(
    List<byte[]> outputs, List<Integer> layerCrcs, List<Long> layerTicks, long ticks) {
  public Inference {
    outputs = List.copyOf(outputs);
    layerCrcs = List.copyOf(layerCrcs);
    layerTicks = List.copyOf(layerTicks);
  }
}
