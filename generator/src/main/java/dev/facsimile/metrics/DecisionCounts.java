// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/** Yes-or-no answers against labels, counted subject by subject. */
public final class DecisionCounts {
  private final long[][] counts;

  /**
   * Nothing counted yet.
   *
   * @param subjects how many there are
   */
  public DecisionCounts(int subjects) {
    counts = new long[4][subjects];
  }

  /** Counts one labelled example. */
  public void add(int subject, boolean answer, boolean label) {
    counts[(answer ? 0 : 2) + (label ? 0 : 1)][subject]++;
  }

  /** Sums over the subjects, each as often as {@code times} says. */
  public BinaryCounts total(int[] times) {
    return new BinaryCounts(
        sum(counts[0], times), sum(counts[1], times), sum(counts[2], times), sum(counts[3], times));
  }

  static long sum(long[] perSubject, int[] times) {
    long sum = 0;
    for (int s = 0; s < perSubject.length; s++) {
      sum += perSubject[s] * times[s];
    }
    return sum;
  }
}
