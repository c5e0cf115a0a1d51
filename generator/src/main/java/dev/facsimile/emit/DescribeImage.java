// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import dev.facsimile.quantize.PixelCodes;
import java.util.List;
import java.util.Optional;

/** How the pixels that tasks.yaml speaks of become the codes of the network's input. */
final class DescribeImage {
  private static final ImageText NONE =
      new ImageText("", 0, 0, "", "", "", "", 0, 0, false, List.of(""));

  private DescribeImage() {}

  /** Empty components where the network takes no image or the image is no int8 input of it. */
  static ImageText of(NamedNetwork named) {
    Optional<InputImage> image = named.network().image();
    return image.map(known -> of(named, known)).orElse(NONE);
  }

  static boolean isPresent(ImageText text) {
    return text.bytes() > 0;
  }

  private static ImageText of(NamedNetwork named, InputImage image) {
    int bytes = image.height() * image.width() * image.format().channels();
    for (int i = 0; i < named.inputs().size(); i++) {
      Tensor tensor = named.graph().tensor(named.graph().inputs().get(i).tensor());
      if (tensor.type() == DType.INT8 && tensor.bytes() == bytes) {
        int[] codes = codes(image, tensor.perTensor());
        return new ImageText(
            named.inputs().get(i).name(),
            image.height(),
            image.width(),
            image.format() == InputImage.Format.GRAY8 ? "grey bytes" : "RGB triplets",
            Double.toString(image.mean()),
            Double.toString(image.std()),
            isOffsetBy128(codes)
                ? "The code is the pixel - 128: nothing of the image is lost."
                : "The code is the nearest to it.",
            bytes,
            named.inputs().get(i).offset(),
            !isOffsetBy128(codes),
            CText.lines(codes));
      }
    }
    return NONE;
  }

  /** The very arithmetic of calibration. */
  static int[] codes(InputImage image, Quantization.PerTensor quantization) {
    PixelCodes coding = new PixelCodes(image, quantization);
    int[] codes = new int[256];
    for (int pixel = 0; pixel < codes.length; pixel++) {
      codes[pixel] = coding.code(pixel);
    }
    return codes;
  }

  private static boolean isOffsetBy128(int[] codes) {
    for (int pixel = 0; pixel < codes.length; pixel++) {
      if (codes[pixel] != pixel - 128) {
        return false;
      }
    }
    return true;
  }
}
