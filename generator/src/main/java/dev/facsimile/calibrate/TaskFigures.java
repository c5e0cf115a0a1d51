// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/**
 * How well one network does one occurrence. A figure that does not apply, or needs labels that are
 * not there, is NaN.
 *
 * @param f1 of the positive class, over all labelled examples
 * @param auc area under the ROC curve; over the codes for integer networks, ties counting half
 * @param positiveRate share of all examples, labelled or not, that are answered yes
 */
public record TaskFigures(double f1, double auc, double positiveRate) {
  static final TaskFigures NONE = new TaskFigures(Double.NaN, Double.NaN, Double.NaN);
}
