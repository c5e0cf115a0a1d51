// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.ModelFile;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.dataset.DatasetReader;
import dev.facsimile.dataset.NoiseDataset;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where calibration examples come from. */
final class ExampleArguments {
  private static final String NOISE = "noise:";
  private static final long CALIBRATION_SEED = 1;

  @Option(
      names = "--calibration",
      paramLabel = "DATA",
      description = {
        "Typical inputs: an .npz file or a folder of images, with labels where there are any.",
        "A float network needs them. 'noise:256' tries a network on 256 examples of smooth noise."
      })
  private String data;

  Optional<Dataset> open(ModelFile model) {
    return Optional.ofNullable(data).map(name -> open(name, CALIBRATION_SEED, model));
  }

  /** A data set by its path, or noise that differs by {@code seed}. */
  static Dataset open(String name, long seed, ModelFile model) {
    if (name.matches(NOISE + "[0-9]{1,6}")) {
      int size = Math.max(1, Integer.parseInt(name.substring(NOISE.length())));
      return new NoiseDataset(model.network(), size, seed);
    }
    return DatasetReader.open(Path.of(name), model.network());
  }
}
