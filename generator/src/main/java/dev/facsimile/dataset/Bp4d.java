// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.report.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * BP4D-Spontaneous as it is distributed: occurrences in {@code AUCoding/AU_OCC/F001_T1.csv}, a
 * header with the numbers of the Action Units, then a line a frame, 0, 1 or 9 for not coded;
 * intensities in {@code AUCoding/AU_INT/AU06/F001_T1_AU06.csv}, {@code frame,intensity}. A last
 * column of the occurrences whose header is no Action Unit marks occluded frames, which are left
 * out. Crops are the user's: {@code crops/F001/T1/2440.jpg} or {@code F001/T1/2440.jpg}.
 */
final class Bp4d {
  private static final int MEN = 1000;
  private static final int MOST_AUS = 64;

  /** Women by their number, men by theirs and a thousand more. */
  private static final List<List<Integer>> FOLDS =
      List.of(
          List.of(1, 1007, 18, 8, 2, 1004, 10, 9, 1012, 1001, 16, 1014, 23, 1008),
          List.of(1011, 3, 1010, 1002, 5, 22, 1018, 1017, 13, 1016, 20, 11, 1013, 1005),
          List.of(7, 15, 6, 19, 1006, 1009, 12, 1003, 4, 21, 17, 1015, 14));

  private final Path occurrences;
  private final Path intensities;
  private final CodedFrames frames;

  private Bp4d(Path root, CodedFrames frames) {
    this.occurrences = root.resolve("AUCoding").resolve("AU_OCC");
    this.intensities = root.resolve("AUCoding").resolve("AU_INT");
    this.frames = frames;
  }

  static boolean isAt(Path folder) {
    Path coding = folder.resolve("AUCoding");
    return Files.isDirectory(coding.resolve("AU_OCC"))
        || Files.isDirectory(coding.resolve("AU_INT"));
  }

  static Dataset read(Path root, Network network) {
    CodedFrames frames = new CodedFrames(root, network);
    Bp4d set = new Bp4d(root, frames);
    for (String clip : set.clips()) {
      String subject = clip.substring(0, 4);
      int number = Integer.parseInt(clip.substring(1, 4)) + (clip.charAt(0) == 'M' ? MEN : 0);
      Set<Integer> occluded = new TreeSet<>();
      Map<CodedTask, SortedMap<Integer, Float>> labels = set.labels(clip, occluded);
      SortedMap<Integer, String> crops = frames.crops(subject + "/" + clip.substring(5));
      labels.values().forEach(column -> column.keySet().removeAll(occluded));
      crops.keySet().removeAll(occluded);
      frames.add(clip, crops, labels, number, Folds.of(FOLDS, number));
    }
    return frames.toDataset();
  }

  /** F001_T1 and so on, of all label files. */
  private SortedSet<String> clips() {
    TreeSet<String> clips = new TreeSet<>();
    names(occurrences, "[FM][0-9]{3}_T[0-9]{1,2}\\.csv", clips);
    if (Files.isDirectory(intensities)) {
      for (String unit : Subfolders.of(intensities, "AU[0-9]{2}")) {
        names(intensities.resolve(unit), "[FM][0-9]{3}_T[0-9]{1,2}_AU[0-9]{2}\\.csv", clips);
      }
    }
    return clips;
  }

  private static void names(Path folder, String expression, Set<String> clips) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> list = Files.list(folder)) {
      list.map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.matches(expression))
          .forEach(name -> clips.add(name.replaceFirst("(_AU[0-9]{2})?\\.csv$", "")));
    } catch (IOException e) {
      throw BoundedFile.unreadable(folder, "the folder cannot be read");
    }
  }

  private Map<CodedTask, SortedMap<Integer, Float>> labels(String clip, Set<Integer> occluded) {
    Map<CodedTask, SortedMap<Integer, Float>> labels = new LinkedHashMap<>();
    List<CodedTask> occurring = new ArrayList<>();
    for (CodedTask task : frames.tasks()) {
      if (task.task().kind() == Task.Kind.OCCURRENCE) {
        occurring.add(task);
      } else {
        intensity(clip, task).ifPresent(column -> labels.put(task, column));
      }
    }
    if (!occurring.isEmpty()) {
      occurrence(clip, occurring, occluded, labels);
    }
    return labels;
  }

  private Optional<SortedMap<Integer, Float>> intensity(String clip, CodedTask task) {
    String unit = String.format(Locale.ROOT, "AU%02d", task.au());
    Path file = intensities.resolve(unit).resolve(clip + "_" + unit + ".csv");
    if (!Files.exists(file)) {
      frames.defects().count(DatasetDefects.Kind.FILE_MISSING, clip + "_" + unit + ".csv");
      return Optional.empty();
    }
    TreeMap<Integer, Float> column = new TreeMap<>();
    List<Diagnostic> problems = new ArrayList<>();
    LabelLines.read(
        file,
        false,
        head -> {},
        row -> IntensityRow.take(row, task, column, clip, frames.defects()),
        problems);
    frames.problems().addAll(problems);
    return Optional.of(column);
  }

  private void occurrence(
      String clip,
      List<CodedTask> tasks,
      Set<Integer> occluded,
      Map<CodedTask, SortedMap<Integer, Float>> labels) {
    Path file = occurrences.resolve(clip + ".csv");
    if (!Files.exists(file)) {
      frames.defects().count(DatasetDefects.Kind.FILE_MISSING, clip + ".csv");
      return;
    }
    OccurrenceTable table = new OccurrenceTable(clip, tasks, occluded);
    List<Diagnostic> problems = new ArrayList<>();
    LabelLines.read(file, true, table::head, table::row, problems);
    frames.problems().addAll(problems);
    labels.putAll(table.columns);
  }

  /** One clip's occurrences: a column an Action Unit, a row a frame. */
  private final class OccurrenceTable {
    private final String clip;
    private final List<CodedTask> tasks;
    private final Set<Integer> occluded;
    private final Map<CodedTask, SortedMap<Integer, Float>> columns = new LinkedHashMap<>();
    private final Map<CodedTask, Integer> places = new LinkedHashMap<>();
    private int width;
    private boolean hasOcclusion;

    OccurrenceTable(String clip, List<CodedTask> tasks, Set<Integer> occluded) {
      this.clip = clip;
      this.tasks = tasks;
      this.occluded = occluded;
    }

    void head(List<String> cells) {
      width = cells.size();
      String last = cells.get(width - 1);
      hasOcclusion = !last.matches("[0-9]{1,2}") || Integer.parseInt(last) > MOST_AUS;
      for (CodedTask task : tasks) {
        int place = cells.lastIndexOf(String.valueOf(task.au()));
        if (place > 0) {
          places.put(task, place);
          columns.put(task, new TreeMap<>());
        }
      }
    }

    String row(List<Integer> row) {
      if (row.size() != width) {
        return row.size() + " fields but the header has " + width;
      }
      if (hasOcclusion && row.get(width - 1) == 1) {
        frames.defects().count(DatasetDefects.Kind.OCCLUDED, clip + " frame " + row.get(0));
        occluded.add(row.get(0));
        return "";
      }
      for (Map.Entry<CodedTask, Integer> entry : places.entrySet()) {
        int value = row.get(entry.getValue());
        if (value == LabelCodes.UNCODED) {
          frames.defects().count(DatasetDefects.Kind.UNCODED, clip + " frame " + row.get(0));
        } else if (value != 0 && value != 1) {
          return "an occurrence is 0, 1, or 9 where nobody coded it, but this is " + value;
        }
        columns
            .get(entry.getKey())
            .put(row.get(0), value == LabelCodes.UNCODED ? Float.NaN : value);
      }
      return "";
    }
  }
}
