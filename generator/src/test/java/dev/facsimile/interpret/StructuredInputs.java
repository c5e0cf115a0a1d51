// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs of a shape and no randomness: constants at the ends of the range, gradients,
 * checkerboards, stripes, impulses, edges, single channels. What saturates, what padding meets,
 * what is constant over a window.
 */
public final class StructuredInputs {
  /** A byte, 0 to 255, at a place of an image of h x w pixels. */
  private interface Pattern {
    int at(int y, int x, int c, int h, int w);
  }

  private static final List<Pattern> PATTERNS =
      List.of(
          (y, x, c, h, w) -> 0,
          (y, x, c, h, w) -> 1,
          (y, x, c, h, w) -> 128,
          (y, x, c, h, w) -> x * 255 / Math.max(1, w - 1),
          (y, x, c, h, w) -> y * 255 / Math.max(1, h - 1),
          (y, x, c, h, w) -> (x + y) * 255 / Math.max(1, h + w - 2),
          (y, x, c, h, w) -> (int) Math.min(255, Math.hypot(2 * x - w, 2 * y - h) * 255 / (w + h)),
          (y, x, c, h, w) -> c * 97 % 256,
          (y, x, c, h, w) -> on((x + y) % 2 == 0),
          (y, x, c, h, w) -> on((x + y + c) % 2 == 0),
          (y, x, c, h, w) -> on((x / 3 + y / 3) % 2 == 0),
          (y, x, c, h, w) -> on((x / 8 + y / 8) % 2 == 0),
          (y, x, c, h, w) -> on(x % 2 == 0),
          (y, x, c, h, w) -> on(y % 2 == 0),
          (y, x, c, h, w) -> on(x / 4 % 2 == 0),
          (y, x, c, h, w) -> on(y / 4 % 2 == 0),
          (y, x, c, h, w) -> on(x == 0 && y == 0),
          (y, x, c, h, w) -> on(x == w - 1 && y == h - 1),
          (y, x, c, h, w) -> on(x == w / 2 && y == h / 2),
          (y, x, c, h, w) -> on(x == 0 || y == 0 || x == w - 1 || y == h - 1),
          (y, x, c, h, w) -> on(x < w / 2),
          (y, x, c, h, w) -> on(y < h / 2),
          (y, x, c, h, w) -> on(c == 0),
          (y, x, c, h, w) -> (int) (127.5 + 127.5 * Math.sin(x * 0.7) * Math.cos(y * 0.3)),
          (y, x, c, h, w) -> (y * w + x) * 37 + c * 11 & 255);

  /** How many there are. */
  public static final int COUNT = 2 * PATTERNS.size();

  private StructuredInputs() {}

  private static int on(boolean lit) {
    return lit ? 255 : 0;
  }

  /**
   * All of them as int8: every pattern, then its negative.
   *
   * @param shape the last three axes are rows, columns and channels; what is missing is 1
   */
  public static List<byte[]> of(Shape shape) {
    List<byte[]> inputs = new ArrayList<>();
    for (Pattern pattern : PATTERNS) {
      byte[] codes = codes(shape, pattern);
      byte[] negative = new byte[codes.length];
      for (int i = 0; i < codes.length; i++) {
        negative[i] = (byte) ~codes[i];
      }
      inputs.add(codes);
      inputs.add(negative);
    }
    return inputs;
  }

  private static byte[] codes(Shape shape, Pattern pattern) {
    int rank = shape.rank();
    int channels = rank > 0 ? shape.dim(rank - 1) : 1;
    int width = rank > 1 ? shape.dim(rank - 2) : 1;
    int height = rank > 2 ? shape.dim(rank - 3) : 1;
    byte[] codes = new byte[shape.elements()];
    for (int i = 0; i < codes.length; i++) {
      int pixel = i / channels;
      int y = pixel / width % height;
      codes[i] = (byte) (pattern.at(y, pixel % width, i % channels, height, width) - 128);
    }
    return codes;
  }
}
