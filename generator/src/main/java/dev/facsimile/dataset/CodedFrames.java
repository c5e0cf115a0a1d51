// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the user's crops and the coders' label files together, clip by clip. What does not fit
 * together is left out and counted.
 */
final class CodedFrames {
  private static final Pattern FRAME = Pattern.compile("(?:.*[^0-9])?([0-9]{1,9})\\.[A-Za-z]+");

  private final Path root;
  private final InputImage image;
  private final List<CodedTask> tasks;
  private final Path crops;
  private final DatasetDefects defects;
  private final List<Diagnostic> problems = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final GrowingColumn subjects = new GrowingColumn();
  private final GrowingColumn folds = new GrowingColumn();
  private final List<GrowingColumn> labels = new ArrayList<>();

  CodedFrames(Path root, Network network) {
    this.root = root;
    this.image = ImageFrames.format(root, network.image());
    this.tasks = CodedTask.of(network.tasks());
    this.defects = new DatasetDefects(root);
    Path folder = root.resolve("crops");
    this.crops = Files.isDirectory(folder) ? folder : root;
    tasks.forEach(task -> labels.add(new GrowingColumn()));
    if (tasks.isEmpty()) {
      throw FacsimileException.error(
          DiagnosticCode.DATASET_INVALID,
          BoundedFile.place(root),
          "no task of the network is an Action Unit",
          "name occurrences and intensities after them: AU06, AU12_intensity");
    }
  }

  /** Numbers that grow without being boxed. */
  private static final class GrowingColumn {
    private float[] values = new float[1024];
    private int size;

    void add(float value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    float[] toArray() {
      return Arrays.copyOf(values, size);
    }

    OptionalInt get(int index) {
      return Float.isNaN(values[index]) ? OptionalInt.empty() : OptionalInt.of((int) values[index]);
    }
  }

  List<CodedTask> tasks() {
    return tasks;
  }

  DatasetDefects defects() {
    return defects;
  }

  List<Diagnostic> problems() {
    return problems;
  }

  /** The crops of a clip by the number in their name; those without a number are counted. */
  SortedMap<Integer, String> crops(String clip) {
    TreeMap<Integer, String> found = new TreeMap<>();
    Path folder = crops.resolve(clip);
    if (!Files.isDirectory(folder)) {
      defects.count(DatasetDefects.Kind.CLIP_WITHOUT_CROPS, clip);
      return found;
    }
    String prefix = root.relativize(folder).toString().replace('\\', '/') + "/";
    for (String name : ImageFolder.images(folder)) {
      Matcher matcher = FRAME.matcher(name);
      if (!name.contains("/") && matcher.matches()) {
        found.put(Integer.parseInt(matcher.group(1)), prefix + name);
      } else {
        defects.count(DatasetDefects.Kind.CROP_WITHOUT_NUMBER, prefix + name);
      }
    }
    return found;
  }

  /**
   * Adds the frames of a clip that have both a crop and a label.
   *
   * @param crops files by frame, in the labels' numbering
   * @param coded for each task the label of each frame, NaN where coded as missing
   * @param fold 0 where the person is in none
   */
  void add(
      String clip,
      SortedMap<Integer, String> crops,
      Map<CodedTask, SortedMap<Integer, Float>> coded,
      int subject,
      int fold) {
    TreeSet<Integer> labelled = new TreeSet<>();
    coded.values().forEach(column -> labelled.addAll(column.keySet()));
    for (int frame : labelled) {
      String file = crops.get(frame);
      if (file == null) {
        defects.count(DatasetDefects.Kind.FRAME_WITHOUT_CROP, clip + " frame " + frame);
        continue;
      }
      files.add(file);
      subjects.add(subject);
      folds.add(fold == 0 ? Float.NaN : fold);
      for (int t = 0; t < tasks.size(); t++) {
        SortedMap<Integer, Float> column = coded.get(tasks.get(t));
        float label = column == null ? Float.NaN : column.getOrDefault(frame, Float.NaN);
        labels.get(t).add(label);
        if (column != null && !column.containsKey(frame)) {
          defects.count(DatasetDefects.Kind.LABEL_GAP, clip + " frame " + frame);
        }
      }
    }
    crops.keySet().stream()
        .filter(frame -> !labelled.contains(frame))
        .forEach(
            frame ->
                defects.count(DatasetDefects.Kind.CROP_WITHOUT_LABEL, clip + " frame " + frame));
  }

  /**
   * All frames added.
   *
   * @throws FacsimileException with everything wrong with label files and images, or DATASET_EMPTY
   */
  Dataset toDataset() {
    if (problems.isEmpty() && files.isEmpty()) {
      problems.add(
          Diagnostic.error(
              DiagnosticCode.DATASET_EMPTY,
              BoundedFile.place(root),
              "no frame has both a crop and a label: " + defects.summary(),
              "see docs/datasets.md for where crops are looked for and how they are named"));
    }
    TreeMap<String, float[]> columns = new TreeMap<>();
    for (int t = 0; t < tasks.size(); t++) {
      columns.put(tasks.get(t).task().name(), labels.get(t).toArray());
    }
    Dataset frames =
        new ImageFrames(
            root,
            image,
            files,
            Labels.of(columns),
            subjects::get,
            folds::get,
            defects.warnings(),
            problems);
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
    return frames;
  }
}
