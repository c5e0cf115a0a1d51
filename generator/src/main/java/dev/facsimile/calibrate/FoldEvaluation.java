// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.metrics.Figure;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One task on the people of one fold.
 *
 * @param floats figures of the float network
 * @param integers figures of the integer network
 */
public record FoldEvaluation(
    int fold, SortedMap<Figure, Double> floats, SortedMap<Figure, Double> integers) {
  public FoldEvaluation {
    floats = Collections.unmodifiableSortedMap(new TreeMap<>(floats));
    integers = Collections.unmodifiableSortedMap(new TreeMap<>(integers));
  }
}
