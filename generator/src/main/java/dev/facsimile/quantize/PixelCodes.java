// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Quantization;

/**
 * How the bytes of an image become the codes of an integer network's input. Where the image's mean
 * lies among the pixel values, one pixel step is one code: code = pixel - 128, in C {@code pixel ^
 * 0x80}, and nothing of the image is lost. A mean between two pixel values (127.5) then leaves the
 * codes off by a constant fraction of a step, which the quantizer moves into the first biases.
 *
 * @param quantization of the network's input tensor
 */
public record PixelCodes(InputImage image, Quantization.PerTensor quantization) {

  /** The coding a network that is quantized here gets for its image. */
  public static PixelCodes of(InputImage image) {
    double zeroPoint = Math.ceil(image.mean() - 0.5) - 128;
    if (zeroPoint >= Byte.MIN_VALUE && zeroPoint <= Byte.MAX_VALUE) {
      float scale = (float) (1 / image.std());
      return new PixelCodes(image, new Quantization.PerTensor(scale, (int) zeroPoint));
    }
    double darkest = -image.mean() / image.std();
    double brightest = (255 - image.mean()) / image.std();
    return new PixelCodes(image, ValueRange.of(darkest, brightest).toQuantization());
  }

  /** Whether the code of every pixel is the pixel with its highest bit flipped. */
  public boolean isFlippedSign() {
    return quantization.scale() == (float) (1 / image.std())
        && Math.abs(128 + quantization.zeroPoint() - image.mean()) <= 0.5;
  }

  /** Real value that must be added to the one a code stands for; at most half a step. */
  public double shift() {
    return isFlippedSign() ? (128 + quantization.zeroPoint() - image.mean()) / image.std() : 0;
  }

  /** The code of a pixel, 0..255: the nearest to its real value where no bit is flipped. */
  public byte code(int pixel) {
    if (isFlippedSign()) {
      return (byte) (pixel ^ 0x80);
    }
    return AffineMapping.quantize((float) ((pixel - image.mean()) / image.std()), quantization);
  }

  /** Entry {@code pixel} is the code of that pixel. */
  public byte[] table() {
    byte[] table = new byte[256];
    for (int pixel = 0; pixel < table.length; pixel++) {
      table[pixel] = code(pixel);
    }
    return table;
  }

  /** The codes of an image. */
  public byte[] codes(byte[] pixels) {
    byte[] table = table();
    byte[] codes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      codes[i] = table[Byte.toUnsignedInt(pixels[i])];
    }
    return codes;
  }
}
