// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Op;
import dev.facsimile.graph.Resize;
import dev.facsimile.report.DiagnosticCode;
import java.util.Optional;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptions;

/** RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR. */
final class ResizeReader {
  private ResizeReader() {}

  private record Options(boolean alignCorners, boolean halfPixelCenters) {}

  static Op bilinear(OperatorSource source) {
    return resize(
        source,
        Resize.Kind.RESIZE_BILINEAR,
        source.options(
            BuiltinOptions.ResizeBilinearOptions,
            new ResizeBilinearOptions(),
            o -> new Options(o.alignCorners(), o.halfPixelCenters())));
  }

  static Op nearest(OperatorSource source) {
    return resize(
        source,
        Resize.Kind.RESIZE_NEAREST_NEIGHBOR,
        source.options(
            BuiltinOptions.ResizeNearestNeighborOptions,
            new ResizeNearestNeighborOptions(),
            o -> new Options(o.alignCorners(), o.halfPixelCenters())));
  }

  private static Op resize(OperatorSource source, Resize.Kind function, Optional<Options> stated) {
    source.requireOperands(2, 2);
    int[] size = source.constantInts(1, "size");
    if (size.length != 2) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "its size has " + size.length + " numbers and not height and width",
          FlatFileDecoder.DAMAGED);
    }
    Options options = stated.orElse(new Options(false, false));
    try {
      return new Resize(
          function,
          source.input(0).id(),
          source.outputId(),
          size[0],
          size[1],
          options.alignCorners(),
          options.halfPixelCenters());
    } catch (IllegalArgumentException e) {
      throw source.reject(
          DiagnosticCode.MODEL_CORRUPT,
          "the size is impossible: " + e.getMessage(),
          FlatFileDecoder.DAMAGED);
    }
  }
}
