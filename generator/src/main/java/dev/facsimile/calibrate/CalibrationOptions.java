// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.DType;

/**
 * How much work calibration may do.
 *
 * @param judgedExamples how many examples, spread evenly over the calibration set and at most half
 *     of it, candidates are judged on; ranges are observed on the others, thresholds tuned on all
 * @param rounds how often the search goes through the network
 * @param threads does not change the result
 * @param activations int8 or int16
 */
public record CalibrationOptions(int judgedExamples, int rounds, int threads, DType activations) {
  /** For int8 activations. */
  public CalibrationOptions(int judgedExamples, int rounds, int threads) {
    this(judgedExamples, rounds, threads, DType.INT8);
  }

  public CalibrationOptions {
    if (activations != DType.INT8 && activations != DType.INT16) {
      throw new IllegalArgumentException("activations must be int8 or int16: " + activations);
    }
    if (judgedExamples < 1 || rounds < 0 || threads < 1) {
      throw new IllegalArgumentException("examples and threads must be >= 1, rounds >= 0");
    }
  }

  /** 192 examples, two rounds, all processors. */
  public static CalibrationOptions usual() {
    return new CalibrationOptions(192, 2, Runtime.getRuntime().availableProcessors());
  }

  public CalibrationOptions withThreads(int newThreads) {
    return new CalibrationOptions(judgedExamples, rounds, newThreads, activations);
  }

  /** The same for other activations. */
  public CalibrationOptions withActivations(DType newActivations) {
    return new CalibrationOptions(judgedExamples, rounds, threads, newActivations);
  }
}
