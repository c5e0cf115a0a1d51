// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.passes.SplitTaskHeads;
import dev.facsimile.quantize.ValueRange;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which outputs are split into one for each task: those where a scale shared by all tasks
 * would waste codes of any of them. Under one scale, a task whose range is R times smaller than all
 * ranges together has 256 / R codes left. Probabilities have one prescribed scale and stay
 * together.
 */
final class HeadSplit {
  /** A task may lose this share of its codes before its output is split. */
  private static final double WASTE = 1.05;

  private HeadSplit() {}

  /**
   * The network with every task that gains by it on an output of its own.
   *
   * @param outputs of the float network for each example, by port
   */
  static Network of(Network network, List<List<float[]>> outputs) {
    TreeMap<String, ValueRange> shared = new TreeMap<>();
    TreeMap<String, ValueRange> own = new TreeMap<>();
    for (TaskOutput task : TaskOutput.of(network)) {
      if (!task.probability()) {
        ValueRange range = range(task, outputs);
        own.put(task.task().name(), range);
        shared.merge(task.task().output(), range, ValueRange::union);
      }
    }
    Set<String> wasteful = new TreeSet<>();
    for (Task task : network.tasks()) {
      ValueRange range = own.get(task.name());
      if (range != null && shared.get(task.output()).width() > WASTE * range.width()) {
        wasteful.add(task.output());
      }
    }
    return SplitTaskHeads.each(task -> wasteful.contains(task.output()))
        .apply(network)
        .orElse(network);
  }

  private static ValueRange range(TaskOutput task, List<List<float[]>> outputs) {
    ValueRange range = new ValueRange(0, 0);
    for (List<float[]> ofExample : outputs) {
      float[] contents = ofExample.get(task.port());
      for (int i = 0; i < task.size(); i++) {
        range = range.union(ValueRange.of(contents[task.index(i)], contents[task.index(i)]));
      }
    }
    return range;
  }
}
