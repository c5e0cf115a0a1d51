// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import java.util.Arrays;
import java.util.List;

/** FULLY_CONNECTED: for each row of the input all outputs at once. */
final class FloatFullyConnected implements Kernel<float[]> {
  private final FloatRange range;
  private final FloatWeights weights;
  private final float[] sums;

  static FloatFullyConnected of(Graph graph, FullyConnected op) {
    return new FloatFullyConnected(
        FloatRange.of(op.activation()),
        FloatWeights.of(graph, op.weights(), op.bias(), FloatWeights.Layout.OUTPUT_FIRST),
        graph.tensor(op.weights()).shape().dim(0));
  }

  private FloatFullyConnected(FloatRange range, FloatWeights weights, int outputs) {
    this.range = range;
    this.weights = weights;
    this.sums = new float[outputs];
  }

  @Override
  public Kernel<float[]> fork() {
    return new FloatFullyConnected(range, weights, sums.length);
  }

  @Override
  public void run(List<float[]> inputs, float[] output) {
    float[][] rows = weights.rows(inputs);
    float[] bias = weights.bias(inputs);
    int batches = output.length / sums.length;
    for (int batch = 0; batch < batches; batch++) {
      Arrays.fill(sums, 0f);
      FloatRows.multiplyAdd(sums, inputs.get(0), batch * rows.length, rows.length, rows, 0);
      range.store(sums, bias, output, batch * sums.length);
    }
  }
}
