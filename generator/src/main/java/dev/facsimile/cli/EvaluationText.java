// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.calibrate.Evaluation;
import dev.facsimile.calibrate.TaskEvaluation;
import dev.facsimile.graph.Task;
import dev.facsimile.report.ModelLocation;
import java.util.List;
import java.util.Optional;

/** The per-task table: what each task is worth in float and in integers. */
final class EvaluationText {
  private EvaluationText() {}

  static String of(Evaluation evaluation) {
    StringBuilder text =
        new StringBuilder(
            "%s: %s examples%n"
                .formatted(
                    ModelLocation.printable(evaluation.dataset()),
                    Quantities.grouped(evaluation.examples())));
    text.append(occurrences(evaluation)).append(others(evaluation));
    evaluation.worst().ifPresent(worst -> text.append(worst(worst)));
    return text.toString();
  }

  private static String occurrences(Evaluation evaluation) {
    TextTable table =
        new TextTable(
            "task",
            "positive",
            "F1 float",
            "F1 int8",
            "AUC float",
            "AUC int8",
            "change",
            "yes float",
            "yes int8",
            "agree");
    List<TaskEvaluation> tasks =
        evaluation.tasks().stream()
            .filter(task -> task.task().kind() == Task.Kind.OCCURRENCE)
            .toList();
    for (TaskEvaluation task : tasks) {
      table.row(
          ModelLocation.printable(task.task().name()),
          task.examples() == 0 ? "-" : percent((double) task.positives() / task.examples()),
          Quantities.fixed(task.floatFigures().f1(), 3),
          Quantities.fixed(task.integerFigures().f1(), 3),
          Quantities.fixed(task.floatFigures().auc(), 4),
          Quantities.fixed(task.integerFigures().auc(), 4),
          Quantities.signed(task.aucChange(), 4),
          percent(task.floatFigures().positiveRate()),
          percent(task.integerFigures().positiveRate()),
          percent(task.agreement()));
    }
    if (tasks.size() > 1) {
      table.row(mean(tasks));
    }
    return tasks.isEmpty() ? "" : table.render();
  }

  private static List<String> mean(List<TaskEvaluation> tasks) {
    return List.of(
        "mean",
        "",
        Quantities.fixed(average(tasks, task -> task.floatFigures().f1()), 3),
        Quantities.fixed(average(tasks, task -> task.integerFigures().f1()), 3),
        Quantities.fixed(average(tasks, task -> task.floatFigures().auc()), 4),
        Quantities.fixed(average(tasks, task -> task.integerFigures().auc()), 4),
        Quantities.signed(average(tasks, TaskEvaluation::aucChange), 4),
        "",
        "",
        percent(average(tasks, TaskEvaluation::agreement)));
  }

  private static double average(
      List<TaskEvaluation> tasks, java.util.function.ToDoubleFunction<TaskEvaluation> figure) {
    return tasks.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private static String others(Evaluation evaluation) {
    TextTable table = new TextTable("task", "noise", "accuracy float", "accuracy int8", "agree");
    List<TaskEvaluation> tasks =
        evaluation.tasks().stream()
            .filter(task -> task.task().kind() != Task.Kind.OCCURRENCE)
            .toList();
    for (TaskEvaluation task : tasks) {
      table.row(
          ModelLocation.printable(task.task().name()),
          Quantities.fixed(100 * task.loss(), 3) + " %",
          Quantities.fixed(task.floatFigures().accuracy(), 3),
          Quantities.fixed(task.integerFigures().accuracy(), 3),
          percent(task.agreement()));
    }
    return tasks.isEmpty() ? "" : table.render();
  }

  private static String worst(TaskEvaluation worst) {
    return "  worst task: %s, AUC %s%n"
        .formatted(
            ModelLocation.printable(worst.task().name()), Quantities.signed(worst.aucChange(), 4));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : Quantities.fixed(100 * share, 1) + " %";
  }

  /** The answer to --json; figures that do not apply are absent. */
  static Answer forMachines(Evaluation evaluation) {
    return new Answer(
        evaluation.dataset(),
        evaluation.examples(),
        evaluation.tasks().stream().map(TaskAnswer::of).toList());
  }

  record Answer(String dataset, int examples, List<TaskAnswer> tasks) {}

  record Figures(
      Optional<Double> f1,
      Optional<Double> auc,
      Optional<Double> averagePrecision,
      Optional<Double> accuracy,
      Optional<Double> positiveRate) {
    static Figures of(dev.facsimile.calibrate.TaskFigures figures) {
      return new Figures(
          finite(figures.f1()),
          finite(figures.auc()),
          finite(figures.averagePrecision()),
          finite(figures.accuracy()),
          finite(figures.positiveRate()));
    }
  }

  record TaskAnswer(
      String task,
      int examples,
      long positives,
      int threshold,
      Figures floats,
      Figures integers,
      Optional<Double> agreement,
      Optional<Double> noise) {
    static TaskAnswer of(TaskEvaluation task) {
      return new TaskAnswer(
          task.task().name(),
          task.examples(),
          task.positives(),
          task.threshold(),
          Figures.of(task.floatFigures()),
          Figures.of(task.integerFigures()),
          finite(task.agreement()),
          finite(task.loss()));
    }
  }

  private static Optional<Double> finite(double value) {
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }
}
