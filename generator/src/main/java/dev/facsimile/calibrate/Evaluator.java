// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Task;
import dev.facsimile.metrics.Bootstrap;
import dev.facsimile.metrics.Figure;
import dev.facsimile.metrics.SubjectMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** From gathered answers to figures, with one set of draws for all tasks and both networks. */
final class Evaluator {
  private final Dataset dataset;
  private final List<TaskAnswers> answers;
  private final List<Integer> thresholds;
  private final EvaluationOptions options;
  private final Subjects subjects;
  private final Bootstrap bootstrap;
  private final FoldedSubjects folds;
  private final Progress progress;

  Evaluator(
      Dataset dataset,
      List<TaskAnswers> answers,
      List<Integer> thresholds,
      EvaluationOptions options,
      Progress progress) {
    this.dataset = dataset;
    this.answers = answers;
    this.thresholds = List.copyOf(thresholds);
    this.options = options;
    this.subjects = Subjects.of(dataset);
    this.bootstrap = new Bootstrap(subjects.count(), options.replicates(), options.seed());
    this.folds = options.byFold() ? FoldedSubjects.of(dataset, subjects) : FoldedSubjects.NONE;
    this.progress = progress;
  }

  /** One figure of one task, with its draws. */
  private record Drawn(
      int task, Figure figure, TaskAnswers.Pair pair, Draws floats, Draws integers) {
    Comparison comparison(double confidence) {
      return Comparison.of(
          floats.value(), floats.values(), integers.value(), integers.values(), confidence);
    }
  }

  Evaluation evaluate(boolean compared, DType outputType) {
    List<Drawn> drawn = draw();
    List<TaskEvaluation> tasks = new ArrayList<>();
    for (int t = 0; t < answers.size(); t++) {
      int task = t;
      tasks.add(evaluate(t, drawn.stream().filter(figure -> figure.task() == task).toList()));
    }
    return new Evaluation(
        dataset.name(),
        dataset.size(),
        subjects.count(),
        subjects.known(),
        compared,
        outputType,
        options,
        tasks,
        means(drawn));
  }

  private List<Drawn> draw() {
    List<SubjectMetric> metrics = new ArrayList<>();
    List<SortedMap<Figure, TaskAnswers.Pair>> figures = new ArrayList<>();
    for (int t = 0; t < answers.size(); t++) {
      figures.add(answers.get(t).figures(thresholds.get(t), subjects));
      for (TaskAnswers.Pair pair : figures.get(t).values()) {
        metrics.add(pair.floats());
        metrics.add(pair.integers());
      }
    }
    double[][] draws =
        bootstrap.of(
            metrics, done -> progress.advanced("drawing subjects", done, options.replicates()));
    int[] everyone = bootstrap.everyone();
    List<Drawn> drawn = new ArrayList<>();
    for (int t = 0; t < figures.size(); t++) {
      int task = t;
      figures
          .get(t)
          .forEach(
              (figure, pair) -> {
                int m = 2 * drawn.size();
                drawn.add(
                    new Drawn(
                        task,
                        figure,
                        pair,
                        new Draws(pair.floats().of(everyone), draws[m]),
                        new Draws(pair.integers().of(everyone), draws[m + 1])));
              });
    }
    return drawn;
  }

  private TaskEvaluation evaluate(int task, List<Drawn> drawn) {
    TaskAnswers said = answers.get(task);
    int threshold = thresholds.get(task);
    TreeMap<Figure, Comparison> figures = new TreeMap<>();
    drawn.forEach(one -> figures.put(one.figure(), one.comparison(options.confidence())));
    return new TaskEvaluation(
        said.task(),
        said.labelled(),
        said.positives(),
        threshold,
        figures,
        said.floatFigures().positiveRate(),
        said.integerFigures(threshold).positiveRate(),
        said.agreement(threshold),
        said.loss(),
        said.disagreement(threshold).filter(any -> said.labelled() > 0),
        folds.numbers().stream().map(fold -> fold(fold, drawn)).toList());
  }

  private FoldEvaluation fold(int fold, List<Drawn> drawn) {
    int[] times = folds.times(fold);
    TreeMap<Figure, Double> floats = new TreeMap<>();
    TreeMap<Figure, Double> integers = new TreeMap<>();
    for (Drawn one : drawn) {
      floats.put(one.figure(), one.pair().floats().of(times));
      integers.put(one.figure(), one.pair().integers().of(times));
    }
    return new FoldEvaluation(fold, floats, integers);
  }

  /** Of the occurrences, draw by draw, so that the mean has an interval of its own. */
  private SortedMap<Figure, Comparison> means(List<Drawn> drawn) {
    TreeMap<Figure, Comparison> means = new TreeMap<>();
    for (Figure figure : Figure.values()) {
      List<Drawn> ofTasks =
          drawn.stream()
              .filter(one -> one.figure() == figure && isOccurrence(one))
              .filter(one -> Double.isFinite(one.comparison(options.confidence()).change().value()))
              .toList();
      if (ofTasks.size() > 1) {
        Draws floats = Draws.mean(ofTasks.stream().map(Drawn::floats).toList());
        Draws integers = Draws.mean(ofTasks.stream().map(Drawn::integers).toList());
        means.put(
            figure,
            Comparison.of(
                floats.value(),
                floats.values(),
                integers.value(),
                integers.values(),
                options.confidence()));
      }
    }
    return means;
  }

  private boolean isOccurrence(Drawn drawn) {
    return answers.get(drawn.task()).task().kind() == Task.Kind.OCCURRENCE;
  }
}
