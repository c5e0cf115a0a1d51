// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each example truly shows, task by task: 0 or 1 for an occurrence, the class for classes, the
 * value for intensities and regressions. A label may be missing ({@link #MISSING}), and so may a
 * whole task.
 */
public final class Labels {
  /** Stands for "nobody coded this": not a number, so that no comparison with it is ever true. */
  public static final double MISSING = Double.NaN;

  /** No labels at all. */
  public static final Labels NONE = new Labels(new TreeMap<>());

  private final SortedMap<String, float[]> columns;

  private Labels(SortedMap<String, float[]> columns) {
    this.columns = columns;
  }

  /**
   * Labels by task name.
   *
   * @param columns one value an example, {@code Float.NaN} where missing; copied
   */
  public static Labels of(Map<String, float[]> columns) {
    TreeMap<String, float[]> copy = new TreeMap<>();
    columns.forEach((task, column) -> copy.put(task, column.clone()));
    return new Labels(copy);
  }

  /** Names of the tasks that have labels, sorted. */
  public Set<String> tasks() {
    return Collections.unmodifiableSet(columns.keySet());
  }

  public boolean has(String task) {
    return columns.containsKey(task);
  }

  /** The label of example {@code index}, or {@link #MISSING}. */
  public double get(String task, int index) {
    float[] column = columns.get(task);
    return column == null ? MISSING : column[index];
  }

  public static boolean isMissing(double label) {
    return Double.isNaN(label);
  }
}
