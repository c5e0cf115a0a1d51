// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The images of a folder and its subfolders, in the order of their relative names. A file {@code
 * labels.csv} at the top of the folder may label them.
 */
final class ImageFolder {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_IMAGES = 1_000_000;

  private ImageFolder() {}

  /** Finds the images, looks at every header and reads the labels. */
  static Dataset read(Path folder, Network network) {
    InputImage image = ImageFrames.format(folder, network.image());
    List<String> names = images(folder);
    if (names.isEmpty()) {
      throw FacsimileException.error(
          DiagnosticCode.DATASET_EMPTY,
          BoundedFile.place(folder),
          "the folder has no .png, .jpg, .pgm or .ppm image",
          "put the calibration images there");
    }
    List<Diagnostic> problems = new ArrayList<>();
    LabelsCsv csv = LabelsCsv.read(folder.resolve("labels.csv"), names, network, problems);
    Dataset frames =
        new ImageFrames(
            folder, image, names, csv.labels(), csv::subject, csv::fold, List.of(), problems);
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
    return frames;
  }

  /** Names relative to the folder, with slashes on every system, sorted. */
  static List<String> images(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH)) {
      List<String> names =
          walk.filter(ImageFile::isImage)
              .filter(Files::isRegularFile)
              .limit(MAX_IMAGES + 1L)
              .map(file -> folder.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      if (names.size() > MAX_IMAGES) {
        throw BoundedFile.unreadable(folder, "the folder holds more than a million images");
      }
      return names;
    } catch (IOException | UncheckedIOException e) {
      throw BoundedFile.unreadable(folder, "the folder cannot be read");
    }
  }
}
