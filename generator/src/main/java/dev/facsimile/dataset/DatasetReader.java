// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.report.FacsimileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens what the user names after {@code --calibration} or {@code --data}: a path, and after an @
 * the folds that are wanted of it.
 */
public final class DatasetReader {
  private static final Pattern FOLDS = Pattern.compile("(.+)@([0-9]{1,3}(?:,[0-9]{1,3})*)");

  private DatasetReader() {}

  /**
   * Opens {@code PATH} or {@code PATH@1,2}.
   *
   * @throws FacsimileException as {@link #open(Path, Network)}, or DATASET_EMPTY where no example
   *     is in these folds
   */
  public static Dataset open(String place, Network network) {
    Matcher matcher = FOLDS.matcher(place);
    if (!matcher.matches() || Files.exists(Path.of(place))) {
      return open(Path.of(place), network);
    }
    Dataset all = open(Path.of(matcher.group(1)), network);
    TreeSet<Integer> folds = new TreeSet<>();
    for (String fold : matcher.group(2).split(",", -1)) {
      folds.add(Integer.parseInt(fold));
    }
    return SelectedExamples.ofFolds(all.name() + "@" + matcher.group(2), all, folds);
  }

  /**
   * Opens an {@code .npz} file or a folder and checks it against the network. A folder with DISFA's
   * or BP4D's label files is one of these; any other is a folder of images.
   *
   * @throws FacsimileException FILE_UNREADABLE, DATASET_INVALID, DATASET_EMPTY or
   *     DATASET_SHAPE_MISMATCH, for everything found wrong
   */
  public static Dataset open(Path path, Network network) {
    if (!Files.exists(path)) {
      throw BoundedFile.unreadable(path, "there is no such file or folder");
    }
    if (!Files.isDirectory(path)) {
      return NpzDataset.read(path, network);
    }
    if (Disfa.isAt(path)) {
      return Disfa.read(path, network);
    }
    return Bp4d.isAt(path) ? Bp4d.read(path, network) : ImageFolder.read(path, network);
  }
}
