// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The labels in an {@code .npz} file. Tasks of one label an example are columns of the array {@code
 * labels}, named by the array {@code tasks}, or else the network's tasks in their order; columns
 * whose name is no task of the network are left out. A task of several labels an example - a
 * regression of several values, a map of classes - has an array of its own, {@code labels_NAME} [N,
 * ...]; so may any other task.
 */
final class NpzLabels {
  private static final String OWN = "labels_";

  private final Path file;
  private final NpzFile npz;
  private final Network network;
  private final List<Task> tasks;
  private final int size;
  private final List<Diagnostic> problems;

  NpzLabels(Path file, NpzFile npz, Network network, int size, List<Diagnostic> problems) {
    this.file = file;
    this.npz = npz;
    this.network = network;
    this.tasks = network.tasks().stream().filter(task -> Labels.width(network, task) == 1).toList();
    this.size = size;
    this.problems = problems;
  }

  Labels read() {
    Labels labels = table();
    for (Task task : network.tasks()) {
      Optional<NpyArray> own = npz.array(OWN + task.name());
      if (own.isPresent()) {
        labels = labels.with(task.name(), own(own.get(), task));
      }
    }
    return labels;
  }

  /** The task's own array, its labels decoded when asked for. */
  private Labels.Column own(NpyArray array, Task task) {
    NpyHeader header = array.header();
    int width = Labels.width(network, task);
    if (header.type().isText()
        || header.rows() != size
        || header.elements() != (long) size * width) {
      problem(
          "'%s' is %s but must be numbers [%d, ...] with %d a row"
              .formatted(ModelLocation.printable(OWN + task.name()), header, size, width),
          task.kind() == Task.Kind.CLASSES
              ? "one class for each position of the output"
              : "one value for each value of the task");
      return new OwnArray(array, task, width);
    }
    for (long i = 0; i < (long) size * width; i++) {
      if (LabelCodes.decode(task, array.number(i)).isEmpty()) {
        problem(task, array.number(i), (int) (i / width));
        break;
      }
    }
    return new OwnArray(array, task, width);
  }

  private record OwnArray(NpyArray array, Task task, int width) implements Labels.Column {
    @Override
    public double get(int index, int value) {
      return LabelCodes.decode(task, array.number((long) index * width + value)).orElseThrow();
    }
  }

  private Labels table() {
    Optional<NpyArray> array = npz.array("labels");
    if (array.isEmpty()) {
      return Labels.NONE;
    }
    NpyHeader header = array.get().header();
    int columns = header.shape().size() == 2 ? (int) Math.min(1 << 20, header.shape().get(1)) : 1;
    boolean rows = !header.shape().isEmpty() && header.rows() == size && header.shape().size() <= 2;
    if (header.type().isText() || !rows) {
      problem(
          "'labels' is " + header + " but must be numbers [" + size + ", tasks]",
          "one row an example, one column a task");
      return Labels.NONE;
    }
    List<String> names = names(columns);
    TreeMap<String, float[]> result = new TreeMap<>();
    for (Task task : tasks) {
      int column = names.indexOf(task.name());
      if (column >= 0) {
        result.put(task.name(), column(array.get(), task, column, columns));
      }
    }
    if (result.isEmpty() && problems.isEmpty()) {
      problem(
          "none of the label columns is a task of the network",
          "the array 'tasks' names the columns as tasks.yaml names the tasks; a task of several"
              + " labels an example has an array labels_NAME");
    }
    return Labels.of(result);
  }

  private List<String> names(int columns) {
    Optional<NpyArray> array = npz.array("tasks");
    if (array.isPresent()) {
      NpyHeader header = array.get().header();
      if (!header.type().isText() || !header.shape().equals(List.of((long) columns))) {
        problem("'tasks' is " + header + " but must be str [" + columns + "]", "one name a column");
        return List.of();
      }
      List<String> names = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        names.add(array.get().text(i));
      }
      return names;
    }
    if (columns != tasks.size()) {
      problem(
          "'labels' has " + columns + " columns but the network has " + tasks.size() + " tasks",
          "add an array 'tasks' with the name of each column");
      return List.of();
    }
    return tasks.stream().map(Task::name).toList();
  }

  private float[] column(NpyArray array, Task task, int column, int columns) {
    float[] values = new float[size];
    for (int row = 0; row < size; row++) {
      double value = array.number((long) row * columns + column);
      Optional<Float> label = LabelCodes.decode(task, value);
      if (label.isEmpty()) {
        problem(task, value, row);
        return values;
      }
      values[row] = label.get();
    }
    return values;
  }

  private void problem(Task task, double value, int row) {
    problem(
        "label %s of task '%s' in row %d means nothing"
            .formatted(value, ModelLocation.printable(task.name()), row),
        "labels are " + LabelCodes.allowed(task));
  }

  private void problem(String message, String hint) {
    problems.add(
        Diagnostic.error(DiagnosticCode.DATASET_INVALID, BoundedFile.place(file), message, hint));
  }
}
