// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Graph;
import java.util.Arrays;
import java.util.List;

/**
 * DEPTHWISE_CONV_2D: for each output pixel all channels at once, one tap of the window after
 * another. The input is spread to the output's channels where the multiplier is not 1.
 */
final class FloatDepthwise implements Kernel<float[]> {
  private final Sweep sweep;
  private final int multiplier;
  private final FloatRange range;
  private final FloatWeights weights;

  /** One row of output channels for each pixel of the padded input. */
  private final float[][] image;

  private final float[] sums;

  static FloatDepthwise of(Graph graph, DepthwiseConv2d op) {
    Sweep sweep =
        Sweep.of(graph.tensor(op.input()).shape(), graph.tensor(op.output()).shape(), op.window())
            .spread();
    FloatWeights weights =
        FloatWeights.of(graph, op.filter(), op.bias(), FloatWeights.Layout.OUTPUT_LAST);
    return new FloatDepthwise(sweep, op.multiplier(), FloatRange.of(op.activation()), weights);
  }

  private FloatDepthwise(Sweep sweep, int multiplier, FloatRange range, FloatWeights weights) {
    this.sweep = sweep;
    this.multiplier = multiplier;
    this.range = range;
    this.weights = weights;
    this.image = new float[sweep.paddedPixels()][sweep.channels()];
    this.sums = new float[sweep.channels()];
  }

  @Override
  public Kernel<float[]> fork() {
    return new FloatDepthwise(sweep, multiplier, range, weights);
  }

  @Override
  public void run(List<float[]> inputs, float[] output) {
    float[][] taps = weights.rows(inputs);
    float[] bias = weights.bias(inputs);
    int offset = 0;
    for (int batch = 0; batch < sweep.batches(); batch++) {
      load(inputs.get(0), batch);
      for (int y = 0; y < sweep.outputH(); y++) {
        for (int x = 0; x < sweep.outputW(); x++) {
          Arrays.fill(sums, 0f);
          accumulate(sweep.corner(y, x), taps);
          range.store(sums, bias, output, offset);
          offset += sums.length;
        }
      }
    }
  }

  /** The input inside a frame of zeros that stays as it was allocated. */
  private void load(float[] input, int batch) {
    int from = batch * sweep.inputH() * sweep.inputW() * sweep.channels() / multiplier;
    for (int y = 0; y < sweep.inputH(); y++) {
      int row = sweep.paddedRow(y);
      for (int x = 0; x < sweep.inputW(); x++) {
        float[] pixel = image[row + x];
        for (int c = 0; c < pixel.length; from++) {
          for (int copy = 0; copy < multiplier; copy++) {
            pixel[c++] = input[from];
          }
        }
      }
    }
  }

  private void accumulate(int corner, float[][] taps) {
    int kernelW = sweep.window().kernelW();
    int step = sweep.window().dilationW();
    for (int ky = 0; ky < sweep.window().kernelH(); ky++) {
      int pixel = corner + ky * sweep.window().dilationH() * sweep.paddedW();
      int tap = ky * kernelW;
      int kx = 0;
      for (; kx + 3 <= kernelW; kx += 3, pixel += 3 * step, tap += 3) {
        FloatRows.multiplyAdd(
            sums,
            image[pixel],
            taps[tap],
            image[pixel + step],
            taps[tap + 1],
            image[pixel + 2 * step],
            taps[tap + 2]);
      }
      for (; kx < kernelW; kx++, pixel += step, tap++) {
        FloatRows.multiplyAdd(sums, image[pixel], taps[tap]);
      }
    }
  }
}
