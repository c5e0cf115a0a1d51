// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

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
 * The arrays {@code labels} and {@code tasks} of an {@code .npz} file. Columns whose name is no
 * task of the network are left out; without {@code tasks} the columns are the network's tasks in
 * their order.
 */
final class NpzLabels {
  private final Path file;
  private final NpzFile npz;
  private final List<Task> tasks;
  private final int size;
  private final List<Diagnostic> problems;

  NpzLabels(Path file, NpzFile npz, List<Task> tasks, int size, List<Diagnostic> problems) {
    this.file = file;
    this.npz = npz;
    this.tasks = tasks;
    this.size = size;
    this.problems = problems;
  }

  Labels read() {
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
          "the array 'tasks' names the columns as tasks.yaml names the tasks");
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
      double value = array.number(row * columns + column);
      Optional<Float> label = LabelCodes.decode(task, value);
      if (label.isEmpty()) {
        problem(
            "label %s of task '%s' in row %d means nothing"
                .formatted(value, ModelLocation.printable(task.name()), row),
            "labels are " + LabelCodes.allowed(task));
        return values;
      }
      values[row] = label.get();
    }
    return values;
  }

  private void problem(String message, String hint) {
    problems.add(
        Diagnostic.error(DiagnosticCode.DATASET_INVALID, BoundedFile.place(file), message, hint));
  }
}
