// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Task;
import dev.facsimile.quantize.ValueRange;

/**
 * What calibration did for one task. Figures are of the calibration set; those that do not apply to
 * the task, or need labels that are not there, are NaN.
 *
 * @param task as the integer network has it
 * @param quantization scale and zero point of the task's own output
 * @param range real values that output can express
 * @param origin where the output's range comes from: {@code mse}, {@code percentile 99.99}, {@code
 *     prescribed} for outputs of LOGISTIC and SOFTMAX
 * @param conventionalLoss noise over signal of the task's output, E[(integer - float)^2] /
 *     Var(float), with min-max ranges and heads that share a scale
 * @param loss the same as calibrated
 * @param threshold what was decided on the decision threshold of an occurrence
 * @param f1Float F1 of the float network with the threshold of tasks.yaml
 * @param f1Nominal F1 of the integer network with that threshold, rounded to a code
 * @param f1Tuned F1 of the integer network with the tuned threshold
 * @param aucFloat area under the ROC curve of the float network
 * @param aucInteger the same of the integer network's codes
 * @param positiveRateFloat share of examples the float network answers yes
 * @param positiveRateTuned the same for the integer network with the tuned threshold
 * @param agreement share of examples on which both networks give the same answer: yes or no for
 *     occurrences, the winning class for classes
 */
public record TaskCalibration(
    Task task,
    Quantization.PerTensor quantization,
    ValueRange range,
    String origin,
    double conventionalLoss,
    double loss,
    Threshold threshold,
    double f1Float,
    double f1Nominal,
    double f1Tuned,
    double aucFloat,
    double aucInteger,
    double positiveRateFloat,
    double positiveRateTuned,
    double agreement) {

  /** How a tuned threshold came about. */
  public enum Source {
    /** The task decides nothing. */
    NONE,
    /** Chosen for F1 on the labels. */
    LABELS,
    /** As many positives as the float network gives. */
    POSITIVE_RATE
  }

  /**
   * A decision threshold on codes: yes where code &gt;= threshold; for never one more than the
   * largest code.
   *
   * @param nominal the threshold of tasks.yaml, rounded to a code
   * @param tuned the one to use
   * @param positives labelled positives it was tuned on
   */
  public record Threshold(Source source, int nominal, int tuned, long positives) {
    static final Threshold NONE = new Threshold(Source.NONE, 0, 0, 0);
  }

  /** How many decibels of signal over noise calibration gained for the task. */
  public double gainDecibels() {
    return 10 * Math.log10(conventionalLoss / loss);
  }

  /** The tuned threshold as a real value of the output: a logit, or a probability. */
  public double realThreshold() {
    return (threshold.tuned() - quantization.zeroPoint()) * (double) quantization.scale();
  }
}
