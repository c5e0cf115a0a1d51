// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/**
 * How much work calibration may do.
 *
 * @param judgedExamples how many examples, spread evenly over the calibration set and at most half
 *     of it, candidates are judged on; ranges are observed on the others, thresholds tuned on all
 * @param rounds how often the search goes through the network
 * @param threads does not change the result
 */
public record CalibrationOptions(int judgedExamples, int rounds, int threads) {
  public CalibrationOptions {
    if (judgedExamples < 1 || rounds < 0 || threads < 1) {
      throw new IllegalArgumentException("examples and threads must be >= 1, rounds >= 0");
    }
  }

  /** 192 examples, two rounds, all processors. */
  public static CalibrationOptions usual() {
    return new CalibrationOptions(192, 2, Runtime.getRuntime().availableProcessors());
  }

  public CalibrationOptions withThreads(int newThreads) {
    return new CalibrationOptions(judgedExamples, rounds, newThreads);
  }
}
