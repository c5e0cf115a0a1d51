// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.metrics.Bootstrap;
import dev.facsimile.metrics.Estimate;

/**
 * One figure of both networks on the same examples.
 *
 * @param change integer minus float, its interval from draws that both networks share
 * @param pValue of "both are equally good", from the same draws; NaN without draws
 */
public record Comparison(Estimate floats, Estimate integers, Estimate change, double pValue) {
  /**
   * From both networks' figure on the data and on every draw.
   *
   * @param floatDraws by replicate
   * @param integerDraws by replicate, of the same draws
   */
  static Comparison of(
      double floats,
      double[] floatDraws,
      double integers,
      double[] integerDraws,
      double confidence) {
    double[] changes = new double[floatDraws.length];
    for (int r = 0; r < changes.length; r++) {
      changes[r] = integerDraws[r] - floatDraws[r];
    }
    return new Comparison(
        Estimate.of(floats, floatDraws, confidence),
        Estimate.of(integers, integerDraws, confidence),
        Estimate.of(integers - floats, changes, confidence),
        Bootstrap.pValue(changes));
  }
}
