// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.calibrate.Comparison;
import dev.facsimile.calibrate.Evaluation;
import dev.facsimile.calibrate.FoldEvaluation;
import dev.facsimile.calibrate.TaskEvaluation;
import dev.facsimile.metrics.Estimate;
import dev.facsimile.metrics.Figure;
import dev.facsimile.metrics.McNemar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** An evaluation for machines: every figure; what does not apply is null or absent. */
record EvaluationJson(
    String dataset,
    int examples,
    Optional<Integer> people,
    int replicates,
    double confidence,
    List<TaskJson> tasks,
    SortedMap<String, FigureJson> means) {

  static EvaluationJson of(Evaluation evaluation) {
    boolean compared = evaluation.compared();
    return new EvaluationJson(
        evaluation.dataset(),
        evaluation.examples(),
        evaluation.subjectsKnown() ? Optional.of(evaluation.subjects()) : Optional.empty(),
        evaluation.options().replicates(),
        evaluation.options().confidence(),
        evaluation.tasks().stream().map(task -> TaskJson.of(task, compared)).toList(),
        named(evaluation.means(), figure -> FigureJson.of(figure, compared)));
  }

  record EstimateJson(Optional<Double> value, Optional<Double> low, Optional<Double> high) {
    static EstimateJson of(Estimate estimate) {
      return new EstimateJson(
          finite(estimate.value()), finite(estimate.low()), finite(estimate.high()));
    }
  }

  record FigureJson(
      Optional<EstimateJson> floats,
      EstimateJson integers,
      Optional<EstimateJson> change,
      Optional<Double> pValue) {
    static FigureJson of(Comparison comparison, boolean compared) {
      EstimateJson integers = EstimateJson.of(comparison.integers());
      return compared
          ? new FigureJson(
              Optional.of(EstimateJson.of(comparison.floats())),
              integers,
              Optional.of(EstimateJson.of(comparison.change())),
              finite(comparison.pValue()))
          : new FigureJson(Optional.empty(), integers, Optional.empty(), Optional.empty());
    }
  }

  record McNemarJson(long floatOnly, long integerOnly, double pValue) {
    static McNemarJson of(McNemar test) {
      return new McNemarJson(test.firstOnly(), test.secondOnly(), test.pValue());
    }
  }

  record FoldJson(
      int fold,
      Optional<SortedMap<String, Optional<Double>>> floats,
      SortedMap<String, Optional<Double>> integers) {
    static FoldJson of(FoldEvaluation fold, boolean compared) {
      return new FoldJson(
          fold.fold(),
          compared ? Optional.of(named(fold.floats(), EvaluationJson::finite)) : Optional.empty(),
          named(fold.integers(), EvaluationJson::finite));
    }
  }

  record TaskJson(
      String task,
      String kind,
      long examples,
      long positives,
      int threshold,
      SortedMap<String, FigureJson> figures,
      Optional<Double> positiveRateFloat,
      Optional<Double> positiveRateInteger,
      Optional<Double> agreement,
      Optional<Double> noise,
      Optional<McNemarJson> mcNemar,
      List<FoldJson> folds) {
    static TaskJson of(TaskEvaluation task, boolean compared) {
      return new TaskJson(
          task.task().name(),
          task.task().kind().name().toLowerCase(Locale.ROOT),
          task.examples(),
          task.positives(),
          task.threshold(),
          named(task.figures(), figure -> FigureJson.of(figure, compared)),
          finite(task.positiveRateFloat()).filter(rate -> compared),
          finite(task.positiveRateInteger()),
          finite(task.agreement()).filter(share -> compared),
          finite(task.loss()).filter(loss -> compared),
          task.disagreement().filter(test -> compared).map(McNemarJson::of),
          task.folds().stream().map(fold -> FoldJson.of(fold, compared)).toList());
    }
  }

  private static <A, B> SortedMap<String, B> named(
      SortedMap<Figure, A> figures, Function<A, B> describe) {
    TreeMap<String, B> named = new TreeMap<>();
    figures.forEach(
        (figure, value) ->
            named.put(figure.name().toLowerCase(Locale.ROOT), describe.apply(value)));
    return named;
  }

  private static Optional<Double> finite(double value) {
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }
}
