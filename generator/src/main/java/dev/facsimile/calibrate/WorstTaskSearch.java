// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.quantize.ScaleGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Coordinate search over ranges. Starts from the best of a few uniform choices (every group
 * min-max, every group the same percentile, every group its smallest squared error). Then group
 * after group, from the input to the outputs, takes the candidate under which the worst of the
 * tasks that read the group loses least, judged by running the integer network to its outputs. A
 * group that one task alone reads is thereby calibrated for that task, a shared one for all its
 * tasks, never for a global mean.
 */
final class WorstTaskSearch implements CalibrationMethod {
  private static final List<String> UNIFORM =
      List.of("percentile 99.999", "percentile 99.99", "mse");

  private final int rounds;

  /** A search that goes through the network at most this often; it stops when nothing changes. */
  WorstTaskSearch(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public String name() {
    return "worst-task range search";
  }

  @Override
  public CalibrationState refine(CalibrationState start, CalibrationProblem problem) {
    List<List<RangeCandidate>> candidates = candidates(problem);
    long total = candidates.stream().mapToLong(List::size).sum() * rounds;
    long done = 0;
    CalibrationState best = start;
    problem.expectVariantsOf(best);
    TaskScores score = problem.score(best);
    int[] allTasks = IntStream.range(0, problem.network().tasks().size()).toArray();
    for (String origin : UNIFORM) {
      CalibrationState variant = uniform(start, origin, candidates);
      TaskScores variantScore = problem.score(variant);
      if (variantScore.isBetterThan(score, allTasks)) {
        best = variant;
        score = variantScore;
      }
    }
    problem.expectVariantsOf(best);
    for (int round = 0; round < rounds; round++) {
      CalibrationState before = best;
      for (ScaleGroups.Group group : problem.groups().groups()) {
        int[] tasks = problem.tasksOf(group);
        for (RangeCandidate candidate : candidates.get(group.index())) {
          problem.progress().advanced("searching ranges", ++done, total);
          if (candidate.equals(best.ranges().get(group.index()))) {
            continue;
          }
          CalibrationState variant = best.withRange(group.index(), candidate);
          TaskScores variantScore = problem.score(variant);
          if (variantScore.isBetterThan(score, tasks)) {
            best = variant;
            score = variantScore;
          }
        }
        problem.expectVariantsOf(best);
      }
      if (best.equals(before)) {
        break;
      }
    }
    problem.progress().advanced("searching ranges", total, total);
    return best;
  }

  /** Every group that has a candidate of this origin takes it. */
  private static CalibrationState uniform(
      CalibrationState start, String origin, List<List<RangeCandidate>> candidates) {
    CalibrationState state = start;
    for (int group = 0; group < candidates.size(); group++) {
      for (RangeCandidate candidate : candidates.get(group)) {
        if (candidate.origin().equals(origin)) {
          state = state.withRange(group, candidate);
        }
      }
    }
    return state;
  }

  private static List<List<RangeCandidate>> candidates(CalibrationProblem problem) {
    List<List<RangeCandidate>> candidates = new ArrayList<>();
    for (ScaleGroups.Group group : problem.groups().groups()) {
      boolean open = group.fixed().isEmpty() && problem.tasksOf(group).length > 0;
      candidates.add(open ? RangeCandidate.of(problem.histogram(group)) : List.of());
    }
    return candidates;
  }
}
