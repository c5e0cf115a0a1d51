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
  private static final long NOISE_SEED = 1;

  @Option(
      names = "--calibration",
      paramLabel = "DATA",
      description = {
        "Typical inputs: an .npz file or a folder of images, with labels where there are any.",
        "A float network needs them. 'noise:256' tries a network on 256 examples of smooth noise."
      })
  private String data;

  Optional<Dataset> open(ModelFile model) {
    if (data == null) {
      return Optional.empty();
    }
    if (data.matches(NOISE + "[0-9]{1,6}")) {
      int size = Math.max(1, Integer.parseInt(data.substring(NOISE.length())));
      return Optional.of(new NoiseDataset(model.network(), size, NOISE_SEED));
    }
    return Optional.of(DatasetReader.open(Path.of(data), model.network()));
  }
}
