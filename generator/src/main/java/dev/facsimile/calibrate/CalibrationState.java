// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Graph;
import dev.facsimile.quantize.ScaleGroups;
import dev.facsimile.quantize.ValueRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been chosen so far.
 *
 * @param graph the float graph that is quantized; methods may correct its constants
 * @param ranges one for each group of {@link ScaleGroups}
 */
record CalibrationState(Graph graph, List<RangeCandidate> ranges) {
  CalibrationState {
    ranges = List.copyOf(ranges);
  }

  CalibrationState withRange(int group, RangeCandidate range) {
    List<RangeCandidate> changed = new ArrayList<>(ranges);
    changed.set(group, range);
    return new CalibrationState(graph, changed);
  }

  CalibrationState withGraph(Graph newGraph) {
    return new CalibrationState(newGraph, ranges);
  }

  List<ValueRange> valueRanges() {
    return ranges.stream().map(RangeCandidate::range).toList();
  }
}
