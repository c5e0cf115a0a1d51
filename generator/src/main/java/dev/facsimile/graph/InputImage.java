// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.Objects;

/**
 * How an 8-bit image becomes the network's input: value = (pixel - mean) / std, channel last.
 *
 * @param format channels of a pixel
 */
public record InputImage(Format format, int height, int width, double mean, double std) {
  /** Pixel formats. */
  public enum Format {
    GRAY8(1),
    RGB8(3);

    private final int channels;

    Format(int channels) {
      this.channels = channels;
    }

    public int channels() {
      return channels;
    }
  }

  public InputImage {
    Objects.requireNonNull(format);
    if (height < 1 || width < 1 || !(std > 0)) {
      throw new IllegalArgumentException("image size must be >= 1 and std > 0");
    }
  }
}
