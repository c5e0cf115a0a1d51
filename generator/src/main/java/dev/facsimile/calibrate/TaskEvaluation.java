// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Task;

/**
 * One task, float network against integer network.
 *
 * @param examples labelled examples
 * @param positives of them positive; 0 for tasks that are no occurrences
 * @param threshold on the integer network's codes
 * @param floatFigures with the threshold of tasks.yaml
 * @param integerFigures with {@code threshold}
 * @param agreement share of examples on which both give the same answer, NaN for tasks that do not
 *     decide
 * @param loss E[(integer - float)^2] / Var(float) of the task's output
 */
public record TaskEvaluation(
    Task task,
    int examples,
    long positives,
    int threshold,
    TaskFigures floatFigures,
    TaskFigures integerFigures,
    double agreement,
    double loss) {

  /** AUC of the integer network minus AUC of the float network; NaN without labels. */
  public double aucChange() {
    return integerFigures.auc() - floatFigures.auc();
  }

  /** F1 of the integer network minus F1 of the float network; NaN without labels. */
  public double f1Change() {
    return integerFigures.f1() - floatFigures.f1();
  }
}
