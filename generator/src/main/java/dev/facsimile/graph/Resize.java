// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * NHWC image scaled to another height and width.
 *
 * @param height of the output, in pixels, 1 or more
 * @param width of the output, in pixels, 1 or more
 * @param alignCorners whether the centres of the corner pixels stay where they are
 * @param halfPixelCenters whether a pixel's centre is half a pixel from its edge; not together with
 *     {@code alignCorners} where the function is RESIZE_BILINEAR
 */
public record Resize(
    Kind function,
    TensorId input,
    TensorId output,
    int height,
    int width,
    boolean alignCorners,
    boolean halfPixelCenters)
    implements Op {
  /** What is computed; the constant's name is TensorFlow Lite's. */
  public enum Kind {
    RESIZE_BILINEAR,
    RESIZE_NEAREST_NEIGHBOR
  }

  public Resize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "height and width must be >= 1 but were %dx%d".formatted(height, width));
    }
    if (function == Kind.RESIZE_BILINEAR && alignCorners && halfPixelCenters) {
      throw new IllegalArgumentException("corners are aligned, or pixels have half-pixel centres");
    }
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Resize(
        function,
        rename.apply(input),
        rename.apply(output),
        height,
        width,
        alignCorners,
        halfPixelCenters);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitResize(this);
  }

  @Override
  public String kind() {
    return function.name();
  }
}
