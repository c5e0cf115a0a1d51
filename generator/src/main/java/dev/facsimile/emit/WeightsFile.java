// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/**
 * What templates/network/weights.h.vm and weights.c.vm print.
 *
 * @param prefix of the arrays and name of the file: au12
 * @param macro prefix of the include guard: AU12
 */
public record WeightsFile(Banner banner, String prefix, String macro, List<Block> blocks) {

  /**
   * A constant array.
   *
   * @param type int8_t or int32_t
   * @param name C identifier: au12_layer_03_conv2d_weights
   * @param notes comment lines
   * @param lines initialisers
   */
  public record Block(
      String type, String name, int count, List<String> notes, List<String> lines) {}

  public boolean isEmpty() {
    return blocks.isEmpty();
  }
}
