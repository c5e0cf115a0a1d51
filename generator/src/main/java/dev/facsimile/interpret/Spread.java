// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Window;

/** How a transposed convolution spreads the pixels of its input over those of its output. */
record Spread(Shape input, Shape output, Window window) {
  static Spread of(Graph graph, TransposeConv op) {
    return new Spread(
        graph.tensor(op.input()).shape(), graph.tensor(op.output()).shape(), op.window());
  }

  int inputC() {
    return input.dim(3);
  }

  int outputC() {
    return output.dim(3);
  }

  /** Where the filter's weights for one output channel and tap begin. */
  int weight(int channel, int tap) {
    return (channel * window.kernelH() * window.kernelW() + tap) * inputC();
  }

  /** One input pixel under one tap of the filter. */
  @FunctionalInterface
  interface Tap {
    /**
     * Meets the tap.
     *
     * @param pixel where the input pixel begins, in elements
     * @param tap ky * kernelW + kx
     * @param target where the output pixel begins, in elements
     */
    void meet(int pixel, int tap, int target);
  }

  /** Meets all taps that fall inside the output: input pixels in order, then taps. */
  void forEachTap(Tap tap) {
    int pixel = 0;
    for (int n = 0; n < input.dim(0); n++) {
      for (int y = 0; y < input.dim(1); y++) {
        for (int x = 0; x < input.dim(2); x++) {
          meetTaps(tap, pixel, n, y * window.strideH() - window.padTop(), x);
          pixel += inputC();
        }
      }
    }
  }

  private void meetTaps(Tap tap, int pixel, int n, int top, int x) {
    int left = x * window.strideW() - window.padLeft();
    for (int ky = 0; ky < window.kernelH(); ky++) {
      for (int kx = 0; kx < window.kernelW(); kx++) {
        int row = top + ky;
        int column = left + kx;
        if (row >= 0 && row < output.dim(1) && column >= 0 && column < output.dim(2)) {
          int target = ((n * output.dim(1) + row) * output.dim(2) + column) * outputC();
          tap.meet(pixel, ky * window.kernelW() + kx, target);
        }
      }
    }
  }
}
