// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * {@code labels.csv} beside a folder of images: a header {@code file,AU01,AU02,...}, then a line an
 * image. The column {@code subject} names or numbers people, {@code fold} numbers folds; columns
 * that are no task are left out; an empty field is a missing label, and so is an image without a
 * line.
 */
final class LabelsCsv {
  private static final int MAX_BYTES = 1 << 28;
  private static final int MAX_PROBLEMS = 20;
  private static final int NOBODY = Integer.MIN_VALUE;

  private final Path file;
  private final List<String> images;
  private final List<Diagnostic> problems;
  private final Map<String, float[]> columns = new TreeMap<>();
  private final Map<String, Integer> people = new TreeMap<>();
  private final int[] subjects;
  private final int[] folds;

  private LabelsCsv(Path file, List<String> images, List<Diagnostic> problems) {
    this.file = file;
    this.images = images;
    this.problems = problems;
    this.subjects = new int[images.size()];
    this.folds = new int[images.size()];
    Arrays.fill(subjects, NOBODY);
    Arrays.fill(folds, NOBODY);
  }

  /**
   * Reads the file; where there is none, nothing is labelled.
   *
   * @param images names relative to the folder, sorted
   */
  static LabelsCsv read(
      Path file, List<String> images, Network network, List<Diagnostic> problems) {
    LabelsCsv csv = new LabelsCsv(file, images, problems);
    if (Files.exists(file)) {
      csv.parse(BoundedFile.readText(file, MAX_BYTES).split("\r?\n|\r", -1), network);
    }
    return csv;
  }

  private void parse(String[] lines, Network network) {
    List<String> header = List.of(lines[0].split(",", -1));
    if (!header.get(0).strip().equals("file")) {
      problem(1, "the first line must be file,<task>,<task>,...", "name the columns");
      return;
    }
    List<Optional<Task>> columnTasks = new ArrayList<>();
    for (String cell : header) {
      String name = cell.strip();
      Optional<Task> task =
          network.tasks().stream()
              .filter(t -> t.name().equals(name) && hasOneLabel(network, t))
              .findFirst();
      columnTasks.add(task);
      task.ifPresent(t -> columns.put(t.name(), missing()));
    }
    Map<String, Integer> rows = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      rows.put(images.get(i), i);
    }
    List<String> names = header.stream().map(String::strip).toList();
    int subjectColumn = names.indexOf("subject");
    int foldColumn = names.indexOf("fold");
    for (int line = 1; line < lines.length && problems.size() < MAX_PROBLEMS; line++) {
      if (!lines[line].isBlank()) {
        row(line + 1, lines[line].split(",", -1), columnTasks, subjectColumn, foldColumn, rows);
      }
    }
  }

  private boolean hasOneLabel(Network network, Task task) {
    int labels = Labels.width(network, task);
    if (labels > 1) {
      problem(
          1,
          "task '%s' has %d labels an image, a column has one"
              .formatted(ModelLocation.printable(task.name()), labels),
          "put such labels in an .npz file, in an array labels_NAME");
    }
    return labels == 1;
  }

  private float[] missing() {
    float[] column = new float[images.size()];
    Arrays.fill(column, (float) Labels.MISSING);
    return column;
  }

  private void row(
      int line,
      String[] cells,
      List<Optional<Task>> columnTasks,
      int subjectColumn,
      int foldColumn,
      Map<String, Integer> rows) {
    if (cells.length != columnTasks.size()) {
      problem(
          line,
          "%d fields but the header has %d".formatted(cells.length, columnTasks.size()),
          "give every column a field; quoting is not supported");
      return;
    }
    Integer image = rows.get(cells[0].strip());
    if (image == null) {
      problem(
          line,
          "there is no image '" + ModelLocation.printable(cells[0].strip()) + "'",
          "names are relative to the folder of labels.csv");
      return;
    }
    for (int column = 1; column < cells.length; column++) {
      String cell = cells[column].strip();
      if (column == subjectColumn) {
        subjects[image] =
            cell.isEmpty() ? NOBODY : people.computeIfAbsent(cell, key -> people.size() + 1);
      } else if (column == foldColumn) {
        fold(line, image, cell);
      } else if (columnTasks.get(column).isPresent()) {
        label(line, image, columnTasks.get(column).get(), cell);
      }
    }
  }

  private void label(int line, int image, Task task, String cell) {
    Optional<Float> label =
        cell.isEmpty()
            ? Optional.of((float) Labels.MISSING)
            : number(cell).flatMap(value -> LabelCodes.decode(task, value));
    if (label.isEmpty()) {
      problem(
          line,
          "label '%s' of task '%s' means nothing"
              .formatted(ModelLocation.printable(cell), ModelLocation.printable(task.name())),
          "labels are " + LabelCodes.allowed(task));
    } else {
      columns.get(task.name())[image] = label.get();
    }
  }

  private void fold(int line, int image, String cell) {
    Optional<Double> value = number(cell);
    if (value.isEmpty() || value.get() != Math.rint(value.get()) || !(value.get() >= 1)) {
      problem(line, "the fold is no integer from 1", "number the folds");
    } else {
      folds[image] = (int) Math.round(value.get());
    }
  }

  private static Optional<Double> number(String cell) {
    try {
      return cell.length() > 40 ? Optional.empty() : Optional.of(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void problem(int line, String message, String hint) {
    ModelLocation place = new ModelLocation(-1, BoundedFile.displayName(file) + ":" + line, "");
    problems.add(Diagnostic.error(DiagnosticCode.DATASET_INVALID, place, message, hint));
  }

  Labels labels() {
    return columns.isEmpty() ? Labels.NONE : Labels.of(columns);
  }

  /** People are numbered in the order in which the file names them. */
  OptionalInt subject(int image) {
    return number(subjects[image]);
  }

  OptionalInt fold(int image) {
    return number(folds[image]);
  }

  private static OptionalInt number(int value) {
    return value == NOBODY ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
