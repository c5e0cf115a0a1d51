// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import dev.facsimile.graph.InputImage;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Image files, read when they are asked for: a frame costs the memory of its name and its labels.
 */
final class ImageFrames implements Dataset {
  private static final int MAX_PROBLEMS = 20;

  private final String name;
  private final InputImage image;
  private final Path root;
  private final List<String> files;
  private final Labels labels;
  private final Membership subjects;
  private final Membership folds;
  private final List<Diagnostic> warnings;

  /** What group, numbered, an example belongs to, where it does. */
  interface Membership {
    OptionalInt of(int index);
  }

  /**
   * Looks at the header of every image.
   *
   * @param files relative to {@code root}, with slashes
   * @param problems receives what is wrong with images
   */
  ImageFrames(
      Path root,
      InputImage image,
      List<String> files,
      Labels labels,
      Membership subjects,
      Membership folds,
      List<Diagnostic> warnings,
      List<Diagnostic> problems) {
    this.name = BoundedFile.displayName(root);
    this.root = root;
    this.image = image;
    this.files = files;
    this.labels = labels;
    this.subjects = subjects;
    this.folds = folds;
    this.warnings = List.copyOf(warnings);
    files.forEach(file -> check(file, problems));
  }

  /** The network's image format, which a folder of images needs. */
  static InputImage format(Path folder, Optional<InputImage> image) {
    return image.orElseThrow(
        () ->
            FacsimileException.error(
                DiagnosticCode.DATASET_INVALID,
                BoundedFile.place(folder),
                "a folder of images needs to know how a pixel becomes an input",
                "add input: { image: gray8, size: [h, w], mean: .., std: .. } to tasks.yaml"));
  }

  private void check(String file, List<Diagnostic> problems) {
    if (problems.size() >= MAX_PROBLEMS) {
      return;
    }
    try {
      ImageFile.check(root.resolve(file), image);
    } catch (Refused e) {
      problems.add(refused(file, e.getMessage()));
    } catch (IOException e) {
      problems.add(refused(file, "it cannot be read"));
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
    Path file = root.resolve(files.get(index));
    try {
      return ImageFile.read(file, image);
    } catch (Refused e) {
      throw new FacsimileException(List.of(refused(files.get(index), e.getMessage())));
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
    return labels;
  }

  @Override
  public OptionalInt subject(int index) {
    return subjects.of(index);
  }

  @Override
  public OptionalInt fold(int index) {
    return folds.of(index);
  }

  @Override
  public List<Diagnostic> warnings() {
    return warnings;
  }
}
