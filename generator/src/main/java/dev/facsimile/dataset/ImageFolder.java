// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The images of a folder and its subfolders, in the order of their relative names, read when asked
 * for. A file {@code labels.csv} at the top of the folder may label them.
 */
final class ImageFolder implements Dataset {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_IMAGES = 1_000_000;
  private static final int MAX_PROBLEMS = 20;

  private final String name;
  private final List<Path> files;
  private final InputImage image;
  private final LabelsCsv csv;

  private ImageFolder(String name, List<Path> files, InputImage image, LabelsCsv csv) {
    this.name = name;
    this.files = List.copyOf(files);
    this.image = image;
    this.csv = csv;
  }

  /** Finds the images, looks at every header and reads the labels. */
  static ImageFolder read(Path folder, Network network) {
    InputImage image =
        network
            .image()
            .orElseThrow(
                () ->
                    FacsimileException.error(
                        DiagnosticCode.DATASET_INVALID,
                        BoundedFile.place(folder),
                        "a folder of images needs to know how a pixel becomes an input",
                        "add input: { image: gray8, size: [h, w], mean: .., std: .. } to tasks.yaml"));
    List<Path> files = images(folder);
    if (files.isEmpty()) {
      throw FacsimileException.error(
          DiagnosticCode.DATASET_EMPTY,
          BoundedFile.place(folder),
          "the folder has no .png, .jpg, .pgm or .ppm image",
          "put the calibration images there");
    }
    List<Diagnostic> problems = new ArrayList<>();
    for (Path file : files) {
      check(folder, file, image, problems);
    }
    List<String> names = files.stream().map(file -> relativeName(folder, file)).toList();
    LabelsCsv csv = LabelsCsv.read(folder.resolve("labels.csv"), names, network, problems);
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
    return new ImageFolder(BoundedFile.displayName(folder), files, image, csv);
  }

  private static List<Path> images(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH)) {
      List<Path> files =
          walk.filter(ImageFile::isImage)
              .filter(Files::isRegularFile)
              .limit(MAX_IMAGES + 1L)
              .sorted(Comparator.comparing(file -> relativeName(folder, file)))
              .toList();
      if (files.size() > MAX_IMAGES) {
        throw BoundedFile.unreadable(folder, "the folder holds more than a million images");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw BoundedFile.unreadable(folder, "the folder cannot be read");
    }
  }

  /** The name relative to the folder, with slashes on every system. */
  private static String relativeName(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static void check(Path folder, Path file, InputImage image, List<Diagnostic> problems) {
    if (problems.size() >= MAX_PROBLEMS) {
      return;
    }
    try {
      ImageFile.check(file, image);
    } catch (Refused e) {
      problems.add(refused(relativeName(folder, file), e.getMessage()));
    } catch (IOException e) {
      problems.add(refused(relativeName(folder, file), "it cannot be read"));
    }
  }

  private static Diagnostic refused(String file, String reason) {
    return Diagnostic.error(
        DiagnosticCode.DATASET_SHAPE_MISMATCH,
        new ModelLocation(-1, ModelLocation.printable(file), ""),
        "the image cannot be used: " + reason,
        "crop and scale the images as for training");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public boolean hasPixels() {
    return true;
  }

  @Override
  public byte[] pixels(int index) {
    Path file = files.get(index);
    try {
      return ImageFile.read(file, image);
    } catch (Refused e) {
      throw new FacsimileException(List.of(refused(BoundedFile.displayName(file), e.getMessage())));
    } catch (IOException e) {
      throw BoundedFile.unreadable(file, "the image cannot be read");
    }
  }

  @Override
  public List<float[]> tensors(int index) {
    return List.of(Pixels.normalise(image, pixels(index)));
  }

  @Override
  public Labels labels() {
    return csv.labels();
  }

  @Override
  public OptionalInt subject(int index) {
    return csv.subject(index);
  }
}
