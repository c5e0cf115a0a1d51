// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.TransposeConv;
import java.util.Arrays;
import java.util.List;

/** TRANSPOSE_CONV, spreading one input element after the other, as the sums' order demands. */
final class FloatTransposeConv implements Kernel<float[]> {
  private final Spread spread;
  private final FloatRange range;
  private final boolean hasBias;

  FloatTransposeConv(Graph graph, TransposeConv op) {
    this.spread = Spread.of(graph, op);
    this.range = FloatRange.of(op.activation());
    this.hasBias = op.bias().isPresent();
  }

  @Override
  public void run(List<float[]> inputs, float[] output) {
    float[] input = inputs.get(0);
    float[] filter = inputs.get(1);
    Arrays.fill(output, 0f);
    spread.forEachTap(
        (pixel, tap, target) -> {
          for (int i = 0; i < spread.inputC(); i++) {
            for (int o = 0; o < spread.outputC(); o++) {
              output[target + o] += input[pixel + i] * filter[spread.weight(o, tap) + i];
            }
          }
        });
    for (int i = 0; i < output.length; i++) {
      output[i] = range.clamp(output[i] + (hasBias ? inputs.get(2)[i % spread.outputC()] : 0));
    }
  }
}
