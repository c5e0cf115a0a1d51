// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Window;
import java.util.Arrays;
import java.util.List;

/** MAX_POOL_2D and AVERAGE_POOL_2D over the elements of the window that lie inside the image. */
final class FloatPool implements Kernel<float[]> {
  private final Sweep sweep;
  private final boolean average;
  private final FloatRange range;
  private final float[] pooled;

  static FloatPool of(Graph graph, Pool2d op) {
    return new FloatPool(
        Sweep.of(graph.tensor(op.input()).shape(), graph.tensor(op.output()).shape(), op.window()),
        op.function() == Pool2d.Kind.AVERAGE_POOL_2D,
        FloatRange.of(op.activation()));
  }

  private FloatPool(Sweep sweep, boolean average, FloatRange range) {
    this.sweep = sweep;
    this.average = average;
    this.range = range;
    this.pooled = new float[sweep.channels()];
  }

  @Override
  public Kernel<float[]> fork() {
    return new FloatPool(sweep, average, range);
  }

  @Override
  public void run(List<float[]> inputs, float[] output) {
    Window window = sweep.window();
    int offset = 0;
    for (int batch = 0; batch < sweep.batches(); batch++) {
      for (int y = 0; y < sweep.outputH(); y++) {
        int top = y * window.strideH() - window.padTop();
        int fromY = Math.max(0, top);
        int toY = Math.min(sweep.inputH(), top + window.kernelH());
        for (int x = 0; x < sweep.outputW(); x++) {
          int left = x * window.strideW() - window.padLeft();
          int fromX = Math.max(0, left);
          int toX = Math.min(sweep.inputW(), left + window.kernelW());
          pool(inputs.get(0), batch, fromY, toY, fromX, toX);
          store(output, offset, (toY - fromY) * (toX - fromX));
          offset += pooled.length;
        }
      }
    }
  }

  private void pool(float[] input, int batch, int fromY, int toY, int fromX, int toX) {
    Arrays.fill(pooled, average ? 0f : -Float.MAX_VALUE);
    for (int y = fromY; y < toY; y++) {
      int index = ((batch * sweep.inputH() + y) * sweep.inputW() + fromX) * pooled.length;
      for (int x = fromX; x < toX; x++) {
        for (int c = 0; c < pooled.length; c++) {
          float value = input[index++];
          pooled[c] = average ? pooled[c] + value : pooled[c] < value ? value : pooled[c];
        }
      }
    }
  }

  private void store(float[] output, int offset, int count) {
    for (int c = 0; c < pooled.length; c++) {
      output[offset + c] = range.clamp(average ? pooled[c] / count : pooled[c]);
    }
  }
}
