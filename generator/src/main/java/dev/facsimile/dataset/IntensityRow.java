// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A line {@code frame,intensity} of DISFA and of BP4D's intensity files. */
final class IntensityRow {
  private IntensityRow() {}

  /**
   * Puts the label where it belongs.
   *
   * @return what is wrong with the line, or nothing
   */
  static String take(
      List<Integer> row,
      CodedTask task,
      SortedMap<Integer, Float> column,
      String clip,
      DatasetDefects defects) {
    if (row.size() != 2) {
      return "a line is frame,intensity but this has " + row.size() + " fields";
    }
    Optional<Float> label = task.ofIntensity(row.get(1));
    if (label.isEmpty()) {
      return "an intensity is 0 to 5, or 9 where nobody coded it, but this is " + row.get(1);
    }
    if (label.get().isNaN()) {
      defects.count(DatasetDefects.Kind.UNCODED, clip + " frame " + row.get(0));
    }
    column.put(row.get(0), label.get());
    return "";
  }
}
