// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static dev.facsimile.graph.GraphChain.graph;
import static dev.facsimile.tflite.Refusals.assertRefused;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Resize;
import dev.facsimile.report.DiagnosticCode;
import org.junit.jupiter.api.Test;

final class ResizeReaderTest {
  private static final Graph BILINEAR =
      graph()
          .input("image", 1, 4, 4, 2)
          .resize(Resize.Kind.RESIZE_BILINEAR, 8, 6, true, false)
          .build();

  @Test
  void refusesSizesThatAreNotTheOutputs() {
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "yields",
        BILINEAR,
        model -> model.tensor(1).setShape(new int[] {1, 6, 8, 2}));
  }

  @Test
  void refusesAlignedCornersWithHalfPixelCentres() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "corners are aligned",
        BILINEAR,
        model ->
            model
                .operator(0)
                .getBuiltinOptions()
                .asResizeBilinearOptions()
                .setHalfPixelCenters(true));
  }
}
