// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import java.util.Arrays;

/**
 * Metrics of a score that needs no threshold. Definitions are scikit-learn's ({@code
 * roc_auc_score}, {@code average_precision_score}), ties included: the tests compare with its
 * figures.
 */
public final class RankingMetrics {
  private RankingMetrics() {}

  /**
   * Area under the ROC curve: the probability that a positive example scores higher than a negative
   * one, ties counting one half (Mann-Whitney U over the number of pairs).
   *
   * @param scores finite scores, higher means more positive
   * @param labels whether each example is positive, of the same length
   * @return a value in [0, 1]; not a number where one of the classes is absent
   */
  public static double auc(double[] scores, boolean[] labels) {
    Ranked ranked = Ranked.of(scores, labels);
    double wins = 0;
    long negativesBelow = 0;
    for (int group = 0; group < ranked.size(); group++) {
      long positives = ranked.positives[group];
      long negatives = ranked.negatives[group];
      wins += positives * (negativesBelow + 0.5 * negatives);
      negativesBelow += negatives;
    }
    return wins / ((double) ranked.totalPositives * (scores.length - ranked.totalPositives));
  }

  /**
   * Average precision: the sum over distinct thresholds, highest first, of precision times the gain
   * in recall, without interpolation.
   *
   * @return a value in [0, 1]; not a number where no example is positive
   */
  public static double averagePrecision(double[] scores, boolean[] labels) {
    Ranked ranked = Ranked.of(scores, labels);
    double sum = 0;
    long truePositives = 0;
    long answered = 0;
    for (int group = ranked.size() - 1; group >= 0; group--) {
      long positives = ranked.positives[group];
      truePositives += positives;
      answered += positives + ranked.negatives[group];
      sum += positives * ((double) truePositives / answered);
    }
    return sum / ranked.totalPositives;
  }

  /** Labels counted for each distinct score, in ascending order of score. */
  private static final class Ranked {
    private final long[] positives;
    private final long[] negatives;
    private final long totalPositives;

    private Ranked(long[] positives, long[] negatives) {
      this.positives = positives;
      this.negatives = negatives;
      this.totalPositives = Arrays.stream(positives).sum();
    }

    int size() {
      return positives.length;
    }

    static Ranked of(double[] scores, boolean[] labels) {
      if (scores.length != labels.length) {
        throw new IllegalArgumentException(
            scores.length + " scores but " + labels.length + " labels");
      }
      double[] distinct =
          Arrays.stream(scores).map(RankingMetrics::unsignedZero).sorted().distinct().toArray();
      long[] positives = new long[distinct.length];
      long[] negatives = new long[distinct.length];
      for (int i = 0; i < scores.length; i++) {
        int group = Arrays.binarySearch(distinct, unsignedZero(scores[i]));
        (labels[i] ? positives : negatives)[group]++;
      }
      return new Ranked(positives, negatives);
    }
  }

  /** Both zeros are the same score, though their bits differ. */
  private static double unsignedZero(double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a score is not a number");
    }
    return score + 0.0;
  }
}
