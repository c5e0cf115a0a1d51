// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.List;
import java.util.Optional;

/**
 * Filter and bias of a float operator, arranged in rows of output channels. Filters are nearly
 * always constants and arranged once; before constant folding they may be computed (DEQUANTIZE of
 * float16) and are then arranged anew in every run.
 */
final class FloatWeights {
  /** How a filter's elements lie in its tensor. */
  enum Layout {
    /** [outputs, ...]: CONV_2D, FULLY_CONNECTED. */
    OUTPUT_FIRST,
    /** [..., outputs]: DEPTHWISE_CONV_2D. */
    OUTPUT_LAST
  }

  private final Layout layout;
  private final int outputs;
  private final boolean hasBias;
  private final Optional<float[][]> constantRows;

  private FloatWeights(
      Layout layout, int outputs, boolean hasBias, Optional<float[][]> constantRows) {
    this.layout = layout;
    this.outputs = outputs;
    this.hasBias = hasBias;
    this.constantRows = constantRows;
  }

  static FloatWeights of(Graph graph, TensorId filter, Optional<TensorId> bias, Layout layout) {
    Tensor tensor = graph.tensor(filter);
    int outputs = tensor.shape().dim(layout == Layout.OUTPUT_FIRST ? 0 : -1);
    Optional<float[][]> rows =
        tensor.isConstant()
            ? Optional.of(arrange(RealContents.of(tensor), outputs, layout))
            : Optional.empty();
    return new FloatWeights(layout, outputs, bias.isPresent(), rows);
  }

  private static float[][] arrange(float[] filter, int outputs, Layout layout) {
    int count = filter.length / outputs;
    float[][] rows = new float[count][outputs];
    for (int row = 0; row < count; row++) {
      for (int o = 0; o < outputs; o++) {
        rows[row][o] = filter[layout == Layout.OUTPUT_FIRST ? o * count + row : row * outputs + o];
      }
    }
    return rows;
  }

  /** [taps x input channels][outputs], from the operands of the operator. */
  float[][] rows(List<float[]> inputs) {
    return constantRows.orElseGet(() -> arrange(inputs.get(1), outputs, layout));
  }

  /** One bias for each output, zeros where there is none. */
  float[] bias(List<float[]> inputs) {
    return hasBias ? inputs.get(2) : new float[outputs];
  }
}
