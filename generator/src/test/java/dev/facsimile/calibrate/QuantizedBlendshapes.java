// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.DefaultTasks;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.tflite.RealNetworks;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.util.Optional;

/**
 * MediaPipe's network of 146 face landmarks to 52 expression coefficients with 16-bit activations,
 * calibrated on slight changes of the published face.
 */
public final class QuantizedBlendshapes {
  private static final int CALIBRATION = 64;

  private QuantizedBlendshapes() {}

  static Graph simplified() {
    return PassPipeline.standard()
        .run(TfliteReader.read(RealNetworks.read("face_blendshapes")).graph());
  }

  /** The integer network; the calling test is skipped where the public networks are not. */
  public static Graph int16() throws IOException {
    LandmarkExamples.models();
    Graph graph = simplified();
    Network network =
        new Network("face_blendshapes", graph, DefaultTasks.of(graph), Optional.empty());
    CalibrationOptions options = new CalibrationOptions(16, 1, 2).withActivations(DType.INT16);
    return new Calibrator(LandmarkExamples.perturbed(CALIBRATION, 1), options, Progress.silent())
        .calibrate(network)
        .integerNetwork()
        .graph();
  }
}
