// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import dev.facsimile.graph.InputImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * One image file: PNG and JPEG through javax.imageio, binary PGM and PPM by itself. The size must
 * be exactly the network's: how a face is cropped is the user's business, and a silent resize would
 * hide a mistake. Grey from colour is Rec. 601 luma.
 */
final class ImageFile {
  private ImageFile() {}

  /** Whether a file's name says that it is an image of a format we read. */
  static boolean isImage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png")
        || name.endsWith(".jpg")
        || name.endsWith(".jpeg")
        || isPortableAnyMap(name);
  }

  private static boolean isPortableAnyMap(String lowerCaseName) {
    return lowerCaseName.endsWith(".pgm") || lowerCaseName.endsWith(".ppm");
  }

  /** Looks at the header only. */
  static void check(Path file, InputImage image) throws IOException, Refused {
    if (isPortableAnyMap(file.toString().toLowerCase(Locale.ROOT))) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        PortableAnyMap.readHeader(in).check(image);
      }
      return;
    }
    withReader(
        file,
        reader -> {
          requireSize(reader.getWidth(0), reader.getHeight(0), image);
          return null;
        });
  }

  /** The pixels, height x width x channels of the wanted format. */
  static byte[] read(Path file, InputImage image) throws IOException, Refused {
    if (isPortableAnyMap(file.toString().toLowerCase(Locale.ROOT))) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return PortableAnyMap.read(in, image);
      }
    }
    return withReader(
        file,
        reader -> {
          requireSize(reader.getWidth(0), reader.getHeight(0), image);
          return pixels(reader.read(0), image);
        });
  }

  private interface ImageUse<T> {
    T apply(ImageReader reader) throws IOException, Refused;
  }

  private static <T> T withReader(Path file, ImageUse<T> use) throws IOException, Refused {
    try (InputStream bytes = Files.newInputStream(file);
        ImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new Refused("it is no PNG or JPEG image");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return use.apply(reader);
      } catch (RuntimeException e) {
        // The decoders of javax.imageio answer damaged files with unchecked exceptions as well.
        throw new Refused("it is damaged");
      } finally {
        reader.dispose();
      }
    }
  }

  static void requireSize(int width, int height, InputImage image) throws Refused {
    if (width != image.width() || height != image.height()) {
      throw new Refused(
          "it is %dx%d pixels but the network takes %dx%d (width x height)"
              .formatted(width, height, image.width(), image.height()));
    }
  }

  private static byte[] pixels(BufferedImage source, InputImage image) throws Refused {
    if (source.getColorModel().getComponentSize(0) > 8
        || source.getRaster().getDataBuffer().getDataType() > DataBuffer.TYPE_INT) {
      throw new Refused("it has more than 8 bits a channel");
    }
    // getRGB of a grey image applies a gamma curve: grey samples are taken from the raster.
    boolean grey =
        source.getColorModel().getNumComponents() <= 2
            && source.getType() != BufferedImage.TYPE_BYTE_INDEXED
            && source.getType() != BufferedImage.TYPE_BYTE_BINARY;
    int channels = image.format().channels();
    byte[] pixels = new byte[Pixels.count(image)];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int rgb = grey ? grey(source.getRaster().getSample(x, y, 0)) : source.getRGB(x, y);
        store(rgb, pixels, (y * image.width() + x) * channels, channels);
      }
    }
    return pixels;
  }

  private static int grey(int sample) {
    return sample << 16 | sample << 8 | sample;
  }

  private static void store(int rgb, byte[] pixels, int at, int channels) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    if (channels == 1) {
      pixels[at] = luma(red, green, blue);
    } else {
      pixels[at] = (byte) red;
      pixels[at + 1] = (byte) green;
      pixels[at + 2] = (byte) blue;
    }
  }

  /** Rec. 601, rounded to the nearest integer. */
  static byte luma(int red, int green, int blue) {
    return (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
  }
}
