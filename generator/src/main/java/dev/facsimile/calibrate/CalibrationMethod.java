// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/**
 * One way of improving the scales of an integer network. Methods run one after the other, each
 * starting from what the one before it chose; the first starts from min-max ranges.
 */
interface CalibrationMethod {
  /** What users read in the report: {@code worst-task range search}. */
  String name();

  /** A state that is no worse than the given one; the same where nothing could be gained. */
  CalibrationState refine(CalibrationState state, CalibrationProblem problem);
}
