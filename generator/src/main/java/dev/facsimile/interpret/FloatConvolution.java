// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.Graph;
import java.util.Arrays;
import java.util.List;

/** CONV_2D: for each output pixel all output channels at once, one input element after another. */
final class FloatConvolution implements Kernel<float[]> {
  private final Sweep sweep;
  private final FloatRange range;
  private final FloatWeights weights;
  private final float[] image;
  private final float[] sums;

  static FloatConvolution of(Graph graph, Conv2d op) {
    Sweep sweep =
        Sweep.of(graph.tensor(op.input()).shape(), graph.tensor(op.output()).shape(), op.window());
    FloatWeights weights =
        FloatWeights.of(graph, op.filter(), op.bias(), FloatWeights.Layout.OUTPUT_FIRST);
    return new FloatConvolution(sweep, FloatRange.of(op.activation()), weights);
  }

  private FloatConvolution(Sweep sweep, FloatRange range, FloatWeights weights) {
    this.sweep = sweep;
    this.range = range;
    this.weights = weights;
    this.image = new float[sweep.paddedElements()];
    this.sums = new float[sweep.outputChannels()];
  }

  @Override
  public Kernel<float[]> fork() {
    return new FloatConvolution(sweep, range, weights);
  }

  @Override
  public void run(List<float[]> inputs, float[] output) {
    float[][] rows = weights.rows(inputs);
    float[] bias = weights.bias(inputs);
    int offset = 0;
    for (int batch = 0; batch < sweep.batches(); batch++) {
      load(inputs.get(0), batch);
      for (int y = 0; y < sweep.outputH(); y++) {
        for (int x = 0; x < sweep.outputW(); x++) {
          Arrays.fill(sums, 0f);
          accumulate(sweep.corner(y, x), rows);
          range.store(sums, bias, output, offset);
          offset += sums.length;
        }
      }
    }
  }

  /** The input inside a frame of zeros that stays as it was allocated. */
  private void load(float[] input, int batch) {
    int length = sweep.inputW() * sweep.channels();
    for (int y = 0; y < sweep.inputH(); y++) {
      int from = (batch * sweep.inputH() + y) * length;
      System.arraycopy(input, from, image, sweep.paddedRow(y) * sweep.channels(), length);
    }
  }

  private void accumulate(int corner, float[][] rows) {
    int kernelW = sweep.window().kernelW();
    int channels = sweep.channels();
    int dilationW = sweep.window().dilationW();
    int row = 0;
    for (int ky = 0; ky < sweep.window().kernelH(); ky++) {
      int pixel = corner + ky * sweep.window().dilationH() * sweep.paddedW();
      if (dilationW == 1) {
        FloatRows.multiplyAdd(sums, image, pixel * channels, kernelW * channels, rows, row);
      } else {
        for (int kx = 0; kx < kernelW; kx++) {
          int from = (pixel + kx * dilationW) * channels;
          FloatRows.multiplyAdd(sums, image, from, channels, rows, row + kx * channels);
        }
      }
      row += kernelW * channels;
    }
  }
}
