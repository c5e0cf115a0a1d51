// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/** Hears how far long work has come. Called from several threads, never twice at once. */
@FunctionalInterface
public interface Progress {
  /**
   * Work has advanced.
   *
   * @param stage what is being done, in words for people
   * @param done steps done so far
   * @param total all steps of this stage
   */
  void advanced(String stage, long done, long total);

  /** Hears nothing. */
  static Progress silent() {
    return (stage, done, total) -> {};
  }
}
