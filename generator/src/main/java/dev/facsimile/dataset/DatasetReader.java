// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.report.FacsimileException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
