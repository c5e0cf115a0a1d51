// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Task;
import dev.facsimile.metrics.Figure;
import dev.facsimile.metrics.McNemar;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One task, float network against integer network.
 *
 * @param examples labelled examples
 * @param positives of them positive; 0 for tasks that are no occurrences
 * @param threshold on the integer network's codes
 * @param figures those that apply to the task and its labels; pooled over all examples
 * @param positiveRateFloat share of all examples that are answered yes; NaN for tasks that do not
 *     say yes
 * @param positiveRateInteger the same with {@code threshold}
 * @param agreement share of examples on which both give the same answer, NaN for tasks that do not
 *     decide
 * @param loss E[(integer - float)^2] / Var(float) of the task's output
 * @param disagreement which network was right where only one was; empty without decisions or labels
 * @param folds figures of each fold, ascending, where they were asked for
 */
public record TaskEvaluation(
    Task task,
    long examples,
    long positives,
    int threshold,
    SortedMap<Figure, Comparison> figures,
    double positiveRateFloat,
    double positiveRateInteger,
    double agreement,
    double loss,
    Optional<McNemar> disagreement,
    List<FoldEvaluation> folds) {
  public TaskEvaluation {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    folds = List.copyOf(folds);
  }

  /** Integer minus float; NaN where the figure does not apply. */
  public double change(Figure figure) {
    Comparison comparison = figures.get(figure);
    return comparison == null ? Double.NaN : comparison.change().value();
  }
}
