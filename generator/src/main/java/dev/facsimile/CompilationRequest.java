// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.calibrate.CalibrationOptions;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.target.Target;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user asks of a compilation.
 *
 * @param examples to calibrate with and to take self-test vectors from; a float network needs them
 * @param vectors how many inferences the generated self-test repeats
 */
public record CompilationRequest(
    ModelFile model,
    Target target,
    Optional<Dataset> examples,
    CalibrationOptions calibration,
    int vectors) {
  /** More would not fit beside the network, and would not prove more. */
  public static final int MOST_VECTORS = 1000;

  public CompilationRequest {
    Objects.requireNonNull(model);
    Objects.requireNonNull(target);
    Objects.requireNonNull(examples);
    Objects.requireNonNull(calibration);
    if (vectors < 1) {
      throw new IllegalArgumentException("a self-test needs at least one vector");
    }
  }
}
