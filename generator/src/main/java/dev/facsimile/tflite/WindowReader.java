// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Window;
import dev.facsimile.report.DiagnosticCode;
import org.tensorflow.lite.schema.Padding;

/** A window as options state it, to one with explicit padding. */
final class WindowReader {
  private WindowReader() {}

  /** Strides and dilations by height and width, padding by the schema's number. */
  record Moves(byte padding, int strideH, int strideW, int dilationH, int dilationW) {}

  static Window read(OperatorSource source, Shape input, int kernelH, int kernelW, Moves moves) {
    if (input.rank() != 4) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "input must be NHWC but is " + input,
          FlatFileDecoder.DAMAGED);
    }
    try {
      return switch (moves.padding()) {
        case Padding.SAME ->
            Window.same(
                input.dim(1),
                input.dim(2),
                kernelH,
                kernelW,
                moves.strideH(),
                moves.strideW(),
                moves.dilationH(),
                moves.dilationW());
        case Padding.VALID ->
            Window.valid(
                kernelH,
                kernelW,
                moves.strideH(),
                moves.strideW(),
                moves.dilationH(),
                moves.dilationW());
        default -> throw new IllegalArgumentException("padding #" + moves.padding());
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw source.reject(
          DiagnosticCode.MODEL_CORRUPT,
          "the window is impossible: " + e.getMessage(),
          FlatFileDecoder.DAMAGED);
    }
  }
}
