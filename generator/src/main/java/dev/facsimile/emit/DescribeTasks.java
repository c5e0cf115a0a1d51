// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.quantize.Codes;
import dev.facsimile.quantize.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Turns tasks into the enumeration and the tables of the generated accessors. */
final class DescribeTasks {
  private final NamedNetwork named;
  private final SortedMap<String, Integer> thresholds;

  /**
   * Describes the tasks of one network.
   *
   * @param thresholds smallest code that counts as present, by name of the task; for tasks that are
   *     missing the threshold of tasks.yaml is converted
   */
  DescribeTasks(NamedNetwork named, SortedMap<String, Integer> thresholds) {
    this.named = named;
    this.thresholds = thresholds;
  }

  List<TaskText> constants() {
    List<TaskText> constants = new ArrayList<>();
    for (int i = 0; i < named.tasks().size(); i++) {
      Task task = named.tasks().get(i);
      String channels =
          task.channels() == 1
              ? "channel " + task.channel()
              : "channels " + task.channel() + " to " + (task.channel() + task.channels() - 1);
      String comment =
          "%s: %s, output %s, %s"
              .formatted(
                  CText.harmless(task.name()),
                  task.kind().name().toLowerCase(Locale.ROOT),
                  CText.harmless(task.output()),
                  channels);
      constants.add(new TaskText(named.taskName(i), i, comment));
    }
    return constants;
  }

  TaskTables tables() {
    List<Task> tasks = named.tasks();
    Map<List<Integer>, String> probabilities = new LinkedHashMap<>();
    List<String> tableOfTask = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      String table =
          tasks.get(i).kind() == Task.Kind.OCCURRENCE
              ? probabilities.computeIfAbsent(
                  probabilities(tasks.get(i)), key -> "probability_" + probabilities.size())
              : "0";
      tableOfTask.add(table + (i + 1 < tasks.size() ? "," : ""));
    }
    return new TaskTables(
        tasks.size(),
        lines(tasks, named::offset),
        named.hasTask(Task.Kind.OCCURRENCE),
        lines(tasks, this::threshold),
        probabilities.entrySet().stream()
            .map(
                entry ->
                    new TaskTables.Table(
                        entry.getValue(), entry.getKey().size(), lines(entry.getKey())))
            .toList(),
        tableOfTask,
        named.hasTask(Task.Kind.INTENSITY, Task.Kind.REGRESSION),
        scales(tasks),
        lines(tasks, task -> quantization(task).zeroPoint()),
        named.hasTask(Task.Kind.CLASSES),
        lines(tasks, Task::channels),
        named.hasMaps(),
        lines(tasks, named::positions),
        lines(tasks, task -> named.output(task).channels()),
        named.hasIndices(),
        lines(tasks, task -> named.isIndex(task) ? 1 : 0),
        named.hasWideTasks(),
        lines(tasks, task -> named.output(task).type().bytes()),
        named.thresholdType());
  }

  /** The smallest code at which the task counts as present. */
  int threshold(Task task) {
    if (task.kind() != Task.Kind.OCCURRENCE) {
      return (named.hasWideTasks() ? Codes.INT16 : Codes.INT8).max() + 1;
    }
    Integer chosen = thresholds.get(task.name());
    return chosen != null
        ? chosen
        : ProbabilityTable.thresholdCode(
            codes(task), task.threshold(), quantization(task), isProbability(task));
  }

  Codes codes(Task task) {
    return Codes.of(named.output(task));
  }

  private boolean isProbability(Task task) {
    return OutputMeaning.isProbability(named.graph(), named.output(task).id(), task.channel());
  }

  private Quantization.PerTensor quantization(Task task) {
    Tensor output = named.output(task);
    return output.perTensor();
  }

  /** Probabilities in 1/32768: of each int8 code, by code + 128, or of every 128th int16 code. */
  List<Integer> probabilities(Task task) {
    int[] table = ProbabilityTable.q15(codes(task), quantization(task), isProbability(task));
    List<Integer> values = new ArrayList<>();
    for (int value : table) {
      values.add(value);
    }
    return values;
  }

  /** The probability in 1/32768 that a code of an occurrence stands for. */
  int probability(Task task, int code) {
    return ProbabilityTable.q15(
        ProbabilityTable.probability(code, quantization(task), isProbability(task)));
  }

  private List<String> scales(List<Task> tasks) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      double scale = quantization(tasks.get(i)).scale() * 0x1p32;
      // 255 or 65,535 steps of it still fit 63 bits; one step of a larger one saturates.
      double most = codes(tasks.get(i)) == Codes.INT8 ? 0x1p53 : 0x1p47;
      long fixed = Rounding.halfAwayFromZero(Math.min(scale, most));
      lines.add(CText.number(fixed) + (i + 1 < tasks.size() ? "," : ""));
    }
    return lines;
  }

  private interface TaskNumber {
    int of(Task task);
  }

  private static List<String> lines(List<Task> tasks, TaskNumber number) {
    return CText.lines(tasks.stream().mapToInt(number::of).toArray());
  }

  private static List<String> lines(List<Integer> values) {
    return CText.lines(values.stream().mapToInt(Integer::intValue).toArray());
  }
}
