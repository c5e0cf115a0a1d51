// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.report.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * DISFA as it is distributed: {@code ActionUnit_Labels/SN001/SN001_au1.txt}, a line {@code
 * frame,intensity} for each frame from 1, intensities 0 to 5. Crops are the user's: {@code
 * crops/SN001/1.png} or {@code SN001/1.png}, numbered from 1, or from 0 where any subject has a
 * frame 0. An Action Unit is present from intensity 2 on. The three subject-exclusive folds are
 * those of the literature.
 */
final class Disfa {
  private static final String LABELS = "ActionUnit_Labels";

  private static final List<List<Integer>> FOLDS =
      List.of(
          List.of(2, 10, 1, 26, 27, 32, 30, 9, 16),
          List.of(13, 18, 11, 28, 12, 6, 31, 21, 24),
          List.of(3, 29, 23, 25, 8, 5, 7, 17, 4));

  private Disfa() {}

  static boolean isAt(Path folder) {
    return Files.isDirectory(folder.resolve(LABELS));
  }

  static Dataset read(Path root, Network network) {
    CodedFrames frames = new CodedFrames(root, network);
    SortedMap<String, SortedMap<Integer, String>> crops = new TreeMap<>();
    for (String subject : Subfolders.of(root.resolve(LABELS), "(?i)SN[0-9]{3}")) {
      crops.put(subject, frames.crops(subject));
    }
    boolean fromZero = crops.values().stream().anyMatch(numbers -> numbers.containsKey(0));
    crops.forEach(
        (subject, files) -> {
          TreeMap<Integer, String> numbered = new TreeMap<>();
          files.forEach((frame, file) -> numbered.put(fromZero ? frame + 1 : frame, file));
          int number = Integer.parseInt(subject.substring(2));
          frames.add(
              subject, numbered, labels(root, subject, frames), number, Folds.of(FOLDS, number));
        });
    return frames.toDataset();
  }

  private static Map<CodedTask, SortedMap<Integer, Float>> labels(
      Path root, String subject, CodedFrames frames) {
    Map<CodedTask, SortedMap<Integer, Float>> labels = new LinkedHashMap<>();
    for (CodedTask task : frames.tasks()) {
      String name = subject.toUpperCase(Locale.ROOT) + "_au" + task.au() + ".txt";
      Path file = root.resolve(LABELS).resolve(subject).resolve(name);
      if (Files.exists(file)) {
        labels.put(task, column(file, task, subject, frames));
      } else {
        frames.defects().count(DatasetDefects.Kind.FILE_MISSING, name);
      }
    }
    return labels;
  }

  private static SortedMap<Integer, Float> column(
      Path file, CodedTask task, String subject, CodedFrames frames) {
    List<Diagnostic> problems = new ArrayList<>();
    TreeMap<Integer, Float> column = new TreeMap<>();
    LabelLines.read(
        file,
        false,
        head -> {},
        row -> IntensityRow.take(row, task, column, subject, frames.defects()),
        problems);
    frames.problems().addAll(problems);
    return column;
  }
}
