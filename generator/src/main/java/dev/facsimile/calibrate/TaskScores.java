// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Task;
import java.util.Arrays;
import java.util.List;

/**
 * The losses of all tasks under one choice of scales, and the order between two choices: the worst
 * task decides, every task's loss weighted by its importance; where the worst tasks are as good as
 * equal, the mean does.
 */
final class TaskScores {
  /** Losses closer than this share are equal: they were measured on some hundred examples. */
  private static final double TIE = 0.002;

  private final double[] losses;
  private final double[] importance;

  TaskScores(List<Task> tasks, double[] losses) {
    this.losses = losses.clone();
    this.importance = tasks.stream().mapToDouble(TaskLoss::importance).toArray();
  }

  /** Loss of the task at this place in the network's list; see {@link TaskLoss}. */
  double loss(int task) {
    return losses[task];
  }

  double worst(int[] tasks) {
    return Arrays.stream(tasks).mapToDouble(t -> importance[t] * losses[t]).max().orElse(0);
  }

  double mean(int[] tasks) {
    return Arrays.stream(tasks).mapToDouble(t -> importance[t] * losses[t]).average().orElse(0);
  }

  /** Whether this choice serves the given tasks better than the other. */
  boolean isBetterThan(TaskScores other, int[] tasks) {
    double mine = worst(tasks);
    double theirs = other.worst(tasks);
    if (mine < theirs * (1 - TIE)) {
      return true;
    }
    return mine <= theirs * (1 + TIE) && mean(tasks) < other.mean(tasks) * (1 - TIE);
  }
}
