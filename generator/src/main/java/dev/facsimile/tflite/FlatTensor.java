// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.ConstantBytes;
import java.util.List;
import java.util.Optional;

/**
 * A tensor as the file states it, unchecked.
 *
 * @param shape dimensions, any values
 * @param signature dimensions with -1 where the exporter left one open, or empty
 * @param type number of the schema's TensorType
 * @param data contents, empty for activations
 */
record FlatTensor(
    int index,
    String name,
    List<Integer> shape,
    List<Integer> signature,
    int type,
    Optional<ConstantBytes> data,
    boolean sparse,
    boolean variable,
    FlatQuantization quantization) {

  /**
   * Quantization as the file states it, unchecked; no scales where there is none.
   *
   * @param custom the parameters are in a format of somebody's own
   */
  record FlatQuantization(List<Float> scales, List<Long> zeroPoints, int axis, boolean custom) {
    static final FlatQuantization NONE = new FlatQuantization(List.of(), List.of(), 0, false);
  }
}
