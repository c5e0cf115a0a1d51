// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/**
 * Answers of one yes-or-no task against its labels. Frames without a label are nowhere counted.
 *
 * @param truePositives answered yes, labelled yes
 * @param falsePositives answered yes, labelled no
 * @param falseNegatives answered no, labelled yes
 * @param trueNegatives answered no, labelled no
 */
public record BinaryCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  public BinaryCounts {
    if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0 || trueNegatives < 0) {
      throw new IllegalArgumentException("counts must not be negative");
    }
  }

  public long total() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  /**
   * F1 of the positive class over all frames (F1-frame), 2 TP / (2 TP + FP + FN); 0 where there is
   * neither a positive label nor a positive answer, as scikit-learn's f1_score with zero_division=0
   * has it.
   */
  public double f1() {
    long denominator = 2 * truePositives + falsePositives + falseNegatives;
    return denominator == 0 ? 0 : 2.0 * truePositives / denominator;
  }

  /**
   * Skew-normalised F1 (Jeni, Cohn, De La Torre 2013), 2 TPR / (1 + TPR + FPR): F1 as it would be
   * with as many positives as negatives. Not a number where one of the classes is absent.
   */
  public double f1Normalised() {
    double tpr = (double) truePositives / (truePositives + falseNegatives);
    double fpr = (double) falsePositives / (falsePositives + trueNegatives);
    return 2 * tpr / (1 + tpr + fpr);
  }

  /** Share of right answers; not a number where there are none. */
  public double accuracy() {
    return (double) (truePositives + trueNegatives) / total();
  }

  /** Share of positive answers; not a number where there are none. */
  public double positiveRate() {
    return (double) (truePositives + falsePositives) / total();
  }
}
