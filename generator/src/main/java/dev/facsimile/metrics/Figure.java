// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/** The figures an evaluation gives. */
public enum Figure {
  /** F1 of the positive class over all frames: {@link BinaryCounts#f1()}. */
  F1("F1"),
  /** Skew-normalised F1: {@link BinaryCounts#f1Normalised()}. */
  F1_NORM("F1-norm"),
  /** {@link RankedScores#auc(int[])}. */
  AUC("AUC"),
  /** {@link RankedScores#averagePrecision(int[])}. */
  AVERAGE_PRECISION("AP"),
  /** {@link Deviations#icc(int[])}. */
  ICC("ICC(3,1)"),
  /** {@link Deviations#meanAbsoluteError(int[])}. */
  MAE("MAE"),
  /** {@link Deviations#rootMeanSquaredError(int[])}. */
  RMSE("RMSE"),
  /** Share of right answers. */
  ACCURACY("accuracy");

  private final String title;

  Figure(String title) {
    this.title = title;
  }

  /** As people write it. */
  public String title() {
    return title;
  }
}
