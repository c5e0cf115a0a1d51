// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Resize;

/**
 * Where the output pixels of one axis of RESIZE_BILINEAR lie in the input, in 1024ths of a pixel:
 * output pixel i at {@link #at at(i)} = clamp(first + i * step, 0, last), between the input pixels
 * floor(at / 1024) and, where that is no whole number, the next one. As in TensorFlow Lite's
 * integer reference kernels, which round the step to 1024ths.
 */
public record ResizeAxis(int first, int step, int last) {
  /** One input pixel. */
  public static final int ONE = 1 << 10;

  /** Longest side of an image whose positions fit 32 bits however they are scaled. */
  public static final int MAX_EXTENT = 1 << 19;

  /**
   * The positions of one axis.
   *
   * @param input pixels of the input, at most {@link #MAX_EXTENT}
   * @param output pixels of the output, at most {@link #MAX_EXTENT}
   */
  public static ResizeAxis of(Resize op, int input, int output) {
    boolean aligned = op.alignCorners() && output > 1;
    int gaps = aligned ? output - 1 : output;
    int step = (ONE * (aligned ? input - 1 : input) + gaps / 2) / gaps;
    int first = op.halfPixelCenters() ? step / 2 - ONE / 2 : 0;
    return new ResizeAxis(first, step, ONE * (input - 1));
  }

  public int at(int pixel) {
    return Math.max(0, Math.min(first + pixel * step, last));
  }

  /** The input pixel that each output pixel of RESIZE_NEAREST_NEIGHBOR copies. */
  public static int[] nearest(Resize op, int input, int output) {
    float scale =
        op.alignCorners() && output > 1
            ? (input - 1) / (float) (output - 1)
            : input / (float) output;
    float offset = op.halfPixelCenters() ? 0.5f : 0;
    int[] pixels = new int[output];
    for (int i = 0; i < output; i++) {
      float position = (i + offset) * scale;
      double rounded = Math.floor(op.alignCorners() ? position + 0.5 : position);
      pixels[i] = (int) Math.min(rounded, input - 1);
    }
    return pixels;
  }
}
