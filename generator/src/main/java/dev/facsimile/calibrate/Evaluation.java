// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.graph.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Float network against integer network on a data set, task by task.
 *
 * @param dataset its name
 * @param examples its size
 * @param tasks in the network's order
 */
public record Evaluation(String dataset, int examples, List<TaskEvaluation> tasks) {
  public Evaluation {
    tasks = List.copyOf(tasks);
  }

  /**
   * Runs both networks over the data set.
   *
   * @param floatNetwork the network before quantization
   * @param integerNetwork the same tasks in the same order; outputs may be arranged differently
   * @param thresholds for each task the code from which on an occurrence is answered yes; ignored
   *     for other tasks
   * @param threads do not change the result
   */
  public static Evaluation of(
      Network floatNetwork,
      Network integerNetwork,
      List<Integer> thresholds,
      Dataset dataset,
      int threads,
      Progress progress) {
    List<TaskAnswers> answers =
        NetworkComparison.run(floatNetwork, integerNetwork, dataset, threads, progress);
    List<TaskEvaluation> tasks = new ArrayList<>();
    for (int t = 0; t < answers.size(); t++) {
      TaskAnswers task = answers.get(t);
      int threshold = thresholds.get(t);
      tasks.add(
          new TaskEvaluation(
              task.task(),
              task.labelled().size(),
              task.tuner().positives(),
              threshold,
              task.floatFigures(),
              task.integerFigures(threshold),
              task.agreement(threshold),
              task.loss()));
    }
    return new Evaluation(dataset.name(), dataset.size(), tasks);
  }

  /** Evaluates what calibration made. */
  public static Evaluation of(
      Calibration calibration, Dataset dataset, int threads, Progress progress) {
    return of(
        calibration.floatNetwork(),
        calibration.integerNetwork(),
        calibration.tasks().stream().map(task -> task.threshold().tuned()).toList(),
        dataset,
        threads,
        progress);
  }

  /** The task that lost most AUC; empty where no task has one. */
  public Optional<TaskEvaluation> worst() {
    return tasks.stream()
        .filter(task -> !Double.isNaN(task.aucChange()))
        .min(Comparator.comparingDouble(TaskEvaluation::aucChange));
  }
}
