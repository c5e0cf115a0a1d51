// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.List;

/**
 * A layer function and its call.
 *
 * @param index from 0
 * @param name C identifier: layer_03_conv2d
 * @param comment lines: operator, shapes, places, work
 * @param offset of the output in the arena
 * @param bytes of the output
 */
public record LayerText(
    int index, String name, List<String> comment, List<CallText> calls, int offset, int bytes) {

  /**
   * A call of a kernel.
   *
   * @param parameterType fxk_conv2d_params
   * @param parameterName C identifier of the struct
   * @param parameters lines of designated initialisers, with commas: .batches = 1,
   * @param function fxk_conv2d_s8_portable
   * @param arguments the ones after the struct, with commas: arena + 1024,
   */
  public record CallText(
      String parameterType,
      String parameterName,
      List<String> parameters,
      String function,
      List<String> arguments) {}
}
