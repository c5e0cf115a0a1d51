// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.InputImage;

/** Pixels as the float network takes them. */
final class Pixels {
  private Pixels() {}

  /** (pixel - mean) / std of every byte, in double, then rounded to float once. */
  static float[] normalise(InputImage image, byte[] pixels) {
    float[] values = new float[256];
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[pixel] = (float) ((pixel - image.mean()) / image.std());
    }
    float[] tensor = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      tensor[i] = values[Byte.toUnsignedInt(pixels[i])];
    }
    return tensor;
  }

  static int count(InputImage image) {
    return Math.multiplyExact(
        Math.multiplyExact(image.height(), image.width()), image.format().channels());
  }
}
