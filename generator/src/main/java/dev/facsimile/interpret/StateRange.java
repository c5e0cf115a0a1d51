// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

/** A kernel with a state that no tensor shows. */
interface StateRange {
  /** The largest magnitude that any part of the state took in the last run. */
  double largestMagnitude();
}
