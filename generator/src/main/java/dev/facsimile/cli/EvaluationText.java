// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.calibrate.Comparison;
import dev.facsimile.calibrate.Evaluation;
import dev.facsimile.calibrate.FoldEvaluation;
import dev.facsimile.calibrate.TaskEvaluation;
import dev.facsimile.graph.Task;
import dev.facsimile.metrics.Estimate;
import dev.facsimile.metrics.Figure;
import dev.facsimile.metrics.McNemar;
import dev.facsimile.report.ModelLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What each task is worth in float and in integers: one table a figure. */
final class EvaluationText {
  private static final List<Figure> OF_OCCURRENCES = List.of(Figure.F1, Figure.AUC);
  private static final List<Figure> OF_OTHERS = List.of(Figure.ICC, Figure.MAE, Figure.ACCURACY);

  private final Evaluation evaluation;
  private final String type;

  private EvaluationText(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.type = evaluation.outputType().name().toLowerCase(Locale.ROOT);
  }

  static String of(Evaluation evaluation) {
    return new EvaluationText(evaluation).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder(title());
    OF_OCCURRENCES.forEach(
        figure -> text.append(table(figure, tasks(figure, true), evaluation.means())));
    OF_OTHERS.forEach(figure -> text.append(table(figure, tasks(figure, false), new TreeMap<>())));
    text.append(answers());
    if (evaluation.options().byFold()) {
      List.of(Figure.F1, Figure.ICC, Figure.ACCURACY).forEach(figure -> text.append(folds(figure)));
    }
    evaluation.worst().filter(task -> evaluation.compared()).ifPresent(w -> text.append(worst(w)));
    return text.toString();
  }

  private String title() {
    return "%s: %s examples of %s%s%n"
        .formatted(
            ModelLocation.printable(evaluation.dataset()),
            Quantities.grouped(evaluation.examples()),
            evaluation.subjectsKnown()
                ? Quantities.grouped(evaluation.subjects()) + " people"
                : "unknown people",
            evaluation.options().replicates() == 0 ? "" : "; in brackets " + intervals());
  }

  private String intervals() {
    return "%s %% intervals from %s draws of %s"
        .formatted(
            Quantities.fixed(100 * evaluation.options().confidence(), 0),
            Quantities.grouped(evaluation.options().replicates()),
            evaluation.subjectsKnown() ? "people" : "examples");
  }

  private List<TaskEvaluation> tasks(Figure figure, boolean occurrences) {
    return evaluation.tasks().stream()
        .filter(task -> task.figures().containsKey(figure))
        .filter(task -> (task.task().kind() == Task.Kind.OCCURRENCE) == occurrences)
        .toList();
  }

  private String table(
      Figure figure, List<TaskEvaluation> tasks, SortedMap<Figure, Comparison> means) {
    String title = figure.title();
    TextTable table =
        evaluation.compared()
            ? new TextTable("task", title + " float", title + " " + type, "change", "p")
            : new TextTable("task", title + " " + type);
    for (TaskEvaluation task : tasks) {
      table.row(row(ModelLocation.printable(task.task().name()), task.figures().get(figure)));
    }
    if (means.containsKey(figure)) {
      table.row(row("mean", means.get(figure)));
    }
    return tasks.isEmpty() ? "" : table.render() + "\n";
  }

  private List<String> row(String name, Comparison comparison) {
    return evaluation.compared()
        ? List.of(
            name,
            plain(comparison.floats()),
            plain(comparison.integers()),
            signed(comparison.change()),
            Quantities.fixed(comparison.pValue(), 3))
        : List.of(name, plain(comparison.integers()));
  }

  private static String plain(Estimate estimate) {
    return estimate(estimate, value -> Quantities.fixed(value, 3));
  }

  private static String signed(Estimate estimate) {
    return estimate(estimate, value -> Quantities.signed(value, 4));
  }

  private static String estimate(Estimate estimate, Function<Double, String> format) {
    String value = format.apply(estimate.value());
    return Double.isNaN(estimate.low())
        ? value
        : "%s [%s, %s]"
            .formatted(value, format.apply(estimate.low()), format.apply(estimate.high()));
  }

  /** What the networks said, whatever is true; and who was right where they disagree. */
  private String answers() {
    TextTable table =
        evaluation.compared()
            ? new TextTable(
                "task",
                "labelled",
                "positive",
                "noise",
                "yes float",
                "yes " + type,
                "agree",
                "right: float only",
                type + " only",
                "McNemar p")
            : new TextTable("task", "labelled", "positive", "yes " + type);
    for (TaskEvaluation task : evaluation.tasks()) {
      List<String> cells = new ArrayList<>();
      cells.add(ModelLocation.printable(task.task().name()));
      cells.add(Quantities.grouped(task.examples()));
      cells.add(positives(task));
      if (evaluation.compared()) {
        cells.add(Quantities.fixed(100 * task.loss(), 3) + " %");
        cells.add(percent(task.positiveRateFloat()));
      }
      cells.add(percent(task.positiveRateInteger()));
      if (evaluation.compared()) {
        cells.add(percent(task.agreement()));
        cells.add(
            task.disagreement().map(test -> Quantities.grouped(test.firstOnly())).orElse("-"));
        cells.add(
            task.disagreement().map(test -> Quantities.grouped(test.secondOnly())).orElse("-"));
        cells.add(Quantities.fixed(task.disagreement().map(McNemar::pValue).orElse(Double.NaN), 3));
      }
      table.row(cells);
    }
    return table.render() + "\n";
  }

  private static String positives(TaskEvaluation task) {
    boolean rate = task.task().kind() == Task.Kind.OCCURRENCE && task.examples() > 0;
    return rate ? percent((double) task.positives() / task.examples()) : "-";
  }

  /** One figure of the integer network fold by fold, and the mean over the folds. */
  private String folds(Figure figure) {
    List<TaskEvaluation> tasks =
        evaluation.tasks().stream().filter(task -> task.figures().containsKey(figure)).toList();
    if (tasks.isEmpty()) {
      return "";
    }
    List<String> head = new ArrayList<>(List.of("task"));
    tasks.get(0).folds().forEach(fold -> head.add(figure.title() + " fold " + fold.fold()));
    head.addAll(List.of("mean of folds", "pooled"));
    if (evaluation.compared()) {
      head.addAll(List.of("float: mean of folds", "pooled"));
    }
    TextTable table = new TextTable(head.toArray(String[]::new));
    for (TaskEvaluation task : tasks) {
      List<String> cells = new ArrayList<>(List.of(ModelLocation.printable(task.task().name())));
      task.folds().forEach(fold -> cells.add(Quantities.fixed(fold.integers().get(figure), 3)));
      cells.add(mean(task, fold -> fold.integers().get(figure)));
      cells.add(Quantities.fixed(task.figures().get(figure).integers().value(), 3));
      if (evaluation.compared()) {
        cells.add(mean(task, fold -> fold.floats().get(figure)));
        cells.add(Quantities.fixed(task.figures().get(figure).floats().value(), 3));
      }
      table.row(cells);
    }
    return table.render() + "\n";
  }

  private static String mean(TaskEvaluation task, Function<FoldEvaluation, Double> figure) {
    return Quantities.fixed(
        task.folds().stream().mapToDouble(figure::apply).average().orElse(Double.NaN), 3);
  }

  private static String worst(TaskEvaluation worst) {
    return "  worst task: %s, AUC %s%n"
        .formatted(
            ModelLocation.printable(worst.task().name()),
            Quantities.signed(worst.change(Figure.AUC), 4));
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : Quantities.fixed(100 * share, 1) + " %";
  }
}
