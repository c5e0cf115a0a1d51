// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/**
 * How an evaluation is made.
 *
 * @param replicates how often subjects are drawn for confidence intervals; 0 gives none
 * @param confidence of the intervals, between 0 and 1
 * @param seed of the draws
 * @param byFold whether figures of each fold are wanted
 * @param threads that run the networks; they do not change the result
 */
public record EvaluationOptions(
    int replicates, double confidence, long seed, boolean byFold, int threads) {
  public EvaluationOptions {
    if (replicates < 0 || !(confidence > 0 && confidence < 1) || threads < 1) {
      throw new IllegalArgumentException("replicates >= 0, 0 < confidence < 1, threads >= 1");
    }
  }

  /** A thousand draws, 95 % intervals, all processors. */
  public static EvaluationOptions usual() {
    return new EvaluationOptions(1000, 0.95, 1, false, Runtime.getRuntime().availableProcessors());
  }

  public EvaluationOptions withReplicates(int count) {
    return new EvaluationOptions(count, confidence, seed, byFold, threads);
  }

  public EvaluationOptions withFolds(boolean wanted) {
    return new EvaluationOptions(replicates, confidence, seed, wanted, threads);
  }
}
