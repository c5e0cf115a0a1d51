// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/** Right answers among labelled ones, counted subject by subject. */
public final class Hits {
  private final long[] right;
  private final long[] all;

  /**
   * Nothing counted yet.
   *
   * @param subjects how many there are
   */
  public Hits(int subjects) {
    right = new long[subjects];
    all = new long[subjects];
  }

  /** Counts the answers of one example: one, or one for each position of a map. */
  public void add(int subject, long rightAnswers, long labelledAnswers) {
    right[subject] += rightAnswers;
    all[subject] += labelledAnswers;
  }

  /** Share of right answers (accuracy_score); not a number where nothing is labelled. */
  public double accuracy(int[] times) {
    return (double) DecisionCounts.sum(right, times) / DecisionCounts.sum(all, times);
  }
}
