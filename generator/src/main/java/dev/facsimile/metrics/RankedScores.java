// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Scores in their order, with labels: metrics that need no threshold. Definitions are
 * scikit-learn's ({@code roc_auc_score}, {@code average_precision_score}), ties included.
 */
public final class RankedScores {
  /** Equal examples, counted once: same score, same subject, same label. In ascending order. */
  private final int[] subjects;

  private final boolean[] positive;
  private final int[] counts;

  /** Whether an entry is the last of its score. */
  private final boolean[] last;

  private RankedScores(int[] subjects, boolean[] positive, int[] counts, boolean[] last) {
    this.subjects = subjects;
    this.positive = positive;
    this.counts = counts;
    this.last = last;
  }

  /**
   * Ranks examples.
   *
   * @param scores not NaN, higher means more positive; both zeros are the same score
   * @param labels whether each example is positive, of the same length
   * @param subjects whose each example is, from 0, of the same length
   */
  public static RankedScores of(double[] scores, boolean[] labels, int[] subjects) {
    if (scores.length != labels.length || scores.length != subjects.length) {
      throw new IllegalArgumentException(
          "%d scores, %d labels, %d subjects"
              .formatted(scores.length, labels.length, subjects.length));
    }
    if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("a score is not a number");
    }
    int[] order = order(scores, labels, subjects);
    int entries = 0;
    int[] firsts = new int[order.length];
    int[] counts = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      boolean same =
          i > 0
              && scores[order[i]] == scores[order[i - 1]]
              && subjects[order[i]] == subjects[order[i - 1]]
              && labels[order[i]] == labels[order[i - 1]];
      if (!same) {
        firsts[entries++] = order[i];
      }
      counts[entries - 1]++;
    }
    int[] entry = Arrays.copyOf(firsts, entries);
    boolean[] positive = new boolean[entries];
    boolean[] last = new boolean[entries];
    for (int e = 0; e < entries; e++) {
      positive[e] = labels[entry[e]];
      last[e] = e + 1 == entries || scores[entry[e]] != scores[entry[e + 1]];
    }
    return new RankedScores(
        IntStream.of(entry).map(i -> subjects[i]).toArray(),
        positive,
        Arrays.copyOf(counts, entries),
        last);
  }

  /** Ranks examples of which nobody knows whose they are: all are one subject's. */
  public static RankedScores of(double[] scores, boolean[] labels) {
    return of(scores, labels, new int[scores.length]);
  }

  private static int[] order(double[] scores, boolean[] labels, int[] subjects) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            (a, b) -> {
              // Adding 0.0 makes one zero of the two, as == has it.
              int byScore = Double.compare(scores[a] + 0.0, scores[b] + 0.0);
              int bySubject = Integer.compare(subjects[a], subjects[b]);
              return byScore != 0
                  ? byScore
                  : bySubject != 0 ? bySubject : Boolean.compare(labels[a], labels[b]);
            })
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** {@link #auc(int[])} of all examples. */
  public double auc() {
    return auc(everyone());
  }

  /** {@link #averagePrecision(int[])} of all examples. */
  public double averagePrecision() {
    return averagePrecision(everyone());
  }

  private int[] everyone() {
    int[] times = new int[Arrays.stream(subjects).max().orElse(0) + 1];
    Arrays.fill(times, 1);
    return times;
  }

  /**
   * Area under the ROC curve: the probability that a positive example scores higher than a negative
   * one, ties counting one half (Mann-Whitney U over the number of pairs).
   *
   * @param times how often each subject is counted
   * @return a value in [0, 1]; not a number where one of the classes is absent
   */
  public double auc(int[] times) {
    double wins = 0;
    long positives = 0;
    long negatives = 0;
    long tiedPositives = 0;
    long tiedNegatives = 0;
    for (int e = 0; e < counts.length; e++) {
      long count = (long) times[subjects[e]] * counts[e];
      if (positive[e]) {
        tiedPositives += count;
      } else {
        tiedNegatives += count;
      }
      if (last[e]) {
        wins += tiedPositives * (negatives + 0.5 * tiedNegatives);
        positives += tiedPositives;
        negatives += tiedNegatives;
        tiedPositives = 0;
        tiedNegatives = 0;
      }
    }
    return wins / ((double) positives * negatives);
  }

  /**
   * Average precision: the sum over distinct thresholds, highest first, of precision times the gain
   * in recall, without interpolation.
   *
   * @param times how often each subject is counted
   * @return a value in [0, 1]; not a number where no example is positive
   */
  public double averagePrecision(int[] times) {
    double sum = 0;
    long positives = 0;
    long answered = 0;
    long gained = 0;
    for (int e = counts.length - 1; e >= 0; e--) {
      long count = (long) times[subjects[e]] * counts[e];
      answered += count;
      gained += positive[e] ? count : 0;
      boolean first = e == 0 || last[e - 1];
      if (first && gained > 0) {
        positives += gained;
        sum += gained * ((double) positives / answered);
        gained = 0;
      }
    }
    return sum / positives;
  }
}
