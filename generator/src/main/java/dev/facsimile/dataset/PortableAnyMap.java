// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import dev.facsimile.graph.InputImage;
import java.io.IOException;
import java.io.InputStream;

/**
 * Binary PGM (P5) and PPM (P6) of the Netpbm formats, 8 bits a sample.
 *
 * @param channels 1 for PGM, 3 for PPM
 */
record PortableAnyMap(int channels, int width, int height) {
  private static final int MAX_HEADER = 4096;

  /** Reads up to and including the single white space before the samples. */
  static PortableAnyMap readHeader(InputStream in) throws IOException, Refused {
    int p = in.read();
    int digit = in.read();
    if (p != 'P' || (digit != '5' && digit != '6')) {
      throw new Refused("it is no binary PGM or PPM image");
    }
    int width = number(in);
    int height = number(in);
    int max = number(in);
    if (max != 255) {
      throw new Refused("its largest value is " + max + " but must be 255");
    }
    return new PortableAnyMap(digit == '5' ? 1 : 3, width, height);
  }

  private static int number(InputStream in) throws IOException, Refused {
    int value = -1;
    boolean comment = false;
    for (int read = 0; read < MAX_HEADER; read++) {
      int c = in.read();
      if (comment) {
        comment = c != '\n';
      } else if (c == '#') {
        comment = true;
      } else if (c >= '0' && c <= '9' && value < 100_000) {
        value = Math.max(0, value) * 10 + (c - '0');
      } else if (Character.isWhitespace(c) && value >= 0) {
        return value;
      } else if (!Character.isWhitespace(c)) {
        break;
      }
    }
    throw new Refused("its header is damaged");
  }

  void check(InputImage image) throws Refused {
    ImageFile.requireSize(width, height, image);
  }

  static byte[] read(InputStream in, InputImage image) throws IOException, Refused {
    PortableAnyMap header = readHeader(in);
    header.check(image);
    int wanted = image.format().channels();
    byte[] samples = in.readNBytes(header.width * header.height * header.channels);
    if (samples.length < header.width * header.height * header.channels) {
      throw new Refused("it is cut short");
    }
    if (wanted == header.channels) {
      return samples;
    }
    byte[] pixels = new byte[Pixels.count(image)];
    for (int i = 0; i < header.width * header.height; i++) {
      if (wanted == 1) {
        pixels[i] =
            ImageFile.luma(
                Byte.toUnsignedInt(samples[3 * i]),
                Byte.toUnsignedInt(samples[3 * i + 1]),
                Byte.toUnsignedInt(samples[3 * i + 2]));
      } else {
        pixels[3 * i] = pixels[3 * i + 1] = pixels[3 * i + 2] = samples[i];
      }
    }
    return pixels;
  }
}
