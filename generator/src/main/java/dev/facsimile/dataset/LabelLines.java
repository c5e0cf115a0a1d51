// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A file of comma-separated integers, a frame a line, the frame's number first. Line ends of any
 * system, blank lines and blanks around numbers are accepted; anything else is reported by line.
 */
final class LabelLines {
  private static final int MAX_LINES = 1_000_000;
  private static final int MAX_PROBLEMS = 20;

  private final Path file;
  private final List<Diagnostic> problems;
  private final Set<Integer> frames = new TreeSet<>();

  private LabelLines(Path file, List<Diagnostic> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Takes one line of integers, the frame first; says what is wrong with it, or nothing. */
  interface Row {
    String take(List<Integer> numbers);
  }

  /**
   * Reads the file.
   *
   * @param header whether the first line names the columns; then it goes to {@code head}
   */
  static void read(
      Path file, boolean header, Consumer<List<String>> head, Row row, List<Diagnostic> problems) {
    LabelLines lines = new LabelLines(file, problems);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      int number = 0;
      for (String line = reader.readLine();
          line != null && problems.size() < MAX_PROBLEMS;
          line = reader.readLine()) {
        number++;
        if (number > MAX_LINES) {
          lines.problem(number, "the file has more than a million lines");
          return;
        }
        if (number == 1 && header) {
          head.accept(List.of(line.split(",", -1)).stream().map(String::strip).toList());
        } else if (!line.isBlank()) {
          lines.line(number, line, row);
        }
      }
    } catch (IOException e) {
      problems.add(
          Diagnostic.error(
              DiagnosticCode.FILE_UNREADABLE,
              BoundedFile.place(file),
              "the label file cannot be read",
              "copy it again"));
    }
  }

  private void line(int number, String line, Row row) {
    List<Integer> numbers = new ArrayList<>();
    for (String cell : line.split(",", -1)) {
      String digits = cell.strip();
      if (!digits.matches("-?[0-9]{1,9}")) {
        problem(number, "'" + ModelLocation.printable(digits) + "' is no integer");
        return;
      }
      numbers.add(Integer.parseInt(digits));
    }
    if (!frames.add(numbers.get(0))) {
      problem(number, "frame " + numbers.get(0) + " comes twice");
      return;
    }
    String wrong = row.take(numbers);
    if (!wrong.isEmpty()) {
      problem(number, wrong);
    }
  }

  private void problem(int line, String message) {
    problems.add(
        Diagnostic.error(
            DiagnosticCode.DATASET_INVALID,
            new ModelLocation(-1, BoundedFile.displayName(file) + ":" + line, ""),
            message,
            "repair the line or copy the file again"));
  }
}
