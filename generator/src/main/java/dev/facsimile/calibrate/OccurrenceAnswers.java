// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Labels;
import dev.facsimile.graph.Quantization;
import dev.facsimile.metrics.BinaryCounts;
import dev.facsimile.metrics.DecisionCounts;
import dev.facsimile.metrics.Figure;
import dev.facsimile.metrics.McNemar;
import dev.facsimile.metrics.RankedScores;
import dev.facsimile.quantize.Codes;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Scores, not decisions, so that any threshold can be tried. A map says its largest value. */
final class OccurrenceAnswers extends TaskAnswers {
  private final float[] scores;
  private final int[] codes;
  private final float[] labels;

  OccurrenceAnswers(
      TaskOutput floats,
      TaskOutput integers,
      Quantization.PerTensor quantization,
      Labels labels,
      int size) {
    super(floats, integers, quantization, labels);
    this.scores = new float[size];
    this.codes = new int[size];
    this.labels = new float[size];
  }

  @Override
  void record(int example, float[] reals, int[] contents) {
    scores[example] = Float.NEGATIVE_INFINITY;
    codes[example] = Integer.MIN_VALUE;
    for (int i = 0; i < floats().size(); i++) {
      scores[example] = Math.max(scores[example], reals[floats().index(i)]);
      codes[example] = Math.max(codes[example], contents[integers().index(i)]);
    }
    labels[example] = (float) label(example, 0);
  }

  private boolean floatSaysYes(int example) {
    return scores[example] >= floats().realThreshold();
  }

  private IntPredicate integerSaysYes(int threshold) {
    return example -> codes[example] >= threshold;
  }

  private int[] labelledExamples() {
    return IntStream.range(0, labels.length).filter(i -> !Labels.isMissing(labels[i])).toArray();
  }

  @Override
  long labelled() {
    return labelledExamples().length;
  }

  @Override
  long positives() {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == 1).count();
  }

  /** Examples the float network answers yes. */
  long floatPositives() {
    return IntStream.range(0, scores.length).filter(this::floatSaysYes).count();
  }

  int[] codes() {
    return codes.clone();
  }

  /** A tuner that knows every labelled example. */
  ThresholdTuner tuner(Codes type) {
    ThresholdTuner tuner = new ThresholdTuner(type);
    for (int i : labelledExamples()) {
      tuner.add(codes[i], labels[i] == 1);
    }
    return tuner;
  }

  @Override
  double agreement(int threshold) {
    IntPredicate integer = integerSaysYes(threshold);
    long same =
        IntStream.range(0, codes.length).filter(i -> floatSaysYes(i) == integer.test(i)).count();
    return (double) same / codes.length;
  }

  @Override
  TaskFigures floatFigures() {
    return figures(i -> scores[i], this::floatSaysYes);
  }

  @Override
  TaskFigures integerFigures(int threshold) {
    return figures(i -> codes[i], integerSaysYes(threshold));
  }

  private TaskFigures figures(IntToDoubleFunction score, IntPredicate yes) {
    long answered = IntStream.range(0, codes.length).filter(yes).count();
    double positiveRate = (double) answered / codes.length;
    if (labelled() == 0) {
      return new TaskFigures(Double.NaN, Double.NaN, positiveRate);
    }
    BinaryCounts counts = decisions(yes, new int[codes.length], 1).total(new int[] {1});
    return new TaskFigures(counts.f1(), ranked(score, new int[codes.length]).auc(), positiveRate);
  }

  private DecisionCounts decisions(IntPredicate yes, int[] subjects, int people) {
    DecisionCounts counts = new DecisionCounts(people);
    for (int i : labelledExamples()) {
      counts.add(subjects[i], yes.test(i), labels[i] == 1);
    }
    return counts;
  }

  private RankedScores ranked(IntToDoubleFunction score, int[] subjects) {
    int[] labelled = labelledExamples();
    boolean[] truths = new boolean[labelled.length];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = labels[labelled[i]] == 1;
    }
    return RankedScores.of(
        Arrays.stream(labelled).mapToDouble(score).toArray(),
        truths,
        Arrays.stream(labelled).map(i -> subjects[i]).toArray());
  }

  @Override
  Optional<McNemar> disagreement(int threshold) {
    IntPredicate integer = integerSaysYes(threshold);
    long floatOnly = 0;
    long integerOnly = 0;
    for (int i : labelledExamples()) {
      if (floatSaysYes(i) != integer.test(i)) {
        boolean floatIsRight = floatSaysYes(i) == (labels[i] == 1);
        floatOnly += floatIsRight ? 1 : 0;
        integerOnly += floatIsRight ? 0 : 1;
      }
    }
    return Optional.of(new McNemar(floatOnly, integerOnly));
  }

  @Override
  SortedMap<Figure, Pair> figures(int threshold, Subjects subjects) {
    TreeMap<Figure, Pair> figures = new TreeMap<>();
    if (labelled() == 0) {
      return figures;
    }
    int[] of = subjects.ofExamples();
    DecisionCounts real = decisions(this::floatSaysYes, of, subjects.count());
    DecisionCounts integer = decisions(integerSaysYes(threshold), of, subjects.count());
    figures.put(
        Figure.F1, new Pair(times -> real.total(times).f1(), times -> integer.total(times).f1()));
    figures.put(
        Figure.F1_NORM,
        new Pair(
            times -> real.total(times).f1Normalised(),
            times -> integer.total(times).f1Normalised()));
    figures.put(
        Figure.ACCURACY,
        new Pair(times -> real.total(times).accuracy(), times -> integer.total(times).accuracy()));
    RankedScores realRanks = ranked(i -> scores[i], of);
    RankedScores integerRanks = ranked(i -> codes[i], of);
    figures.put(Figure.AUC, new Pair(realRanks::auc, integerRanks::auc));
    figures.put(
        Figure.AVERAGE_PRECISION,
        new Pair(realRanks::averagePrecision, integerRanks::averagePrecision));
    return figures;
  }
}
