// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens what the user names after {@code --calibration} or {@code --data}. */
public final class DatasetReader {
  private DatasetReader() {}

  /**
   * Opens an {@code .npz} file or a folder of images and checks it against the network.
   *
   * @throws FacsimileException FILE_UNREADABLE, DATASET_INVALID, DATASET_EMPTY or
   *     DATASET_SHAPE_MISMATCH, for everything found wrong
   */
  public static Dataset open(Path path, Network network) {
    if (!Files.exists(path)) {
      throw BoundedFile.unreadable(path, "there is no such file or folder");
    }
    return Files.isDirectory(path)
        ? ImageFolder.read(path, network)
        : NpzDataset.read(path, network);
  }

  /**
   * As {@link #open}, for a step that cannot do without.
   *
   * @throws FacsimileException CALIBRATION_MISSING where no path was given
   */
  public static Dataset required(Optional<Path> path, Network network) {
    return open(
        path.orElseThrow(
            () ->
                FacsimileException.error(
                    DiagnosticCode.CALIBRATION_MISSING,
                    ModelLocation.NONE,
                    "the network is a float network and there is nothing to calibrate it with",
                    "add --calibration with an .npz file or a folder of typical images")),
        network);
  }
}
