// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

/**
 * One metric of one network on one task, for any selection of subjects. Implementations are
 * immutable: several threads may ask at once.
 */
@FunctionalInterface
public interface SubjectMetric {
  /**
   * The metric where subject s and all its frames are counted {@code times[s]} times.
   *
   * @return not a number where the selection does not define it: the metric says when
   */
  double of(int[] times);
}
