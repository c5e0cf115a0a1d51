// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.TensorId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where each activation lies in the arena.
 *
 * @param arenaBytes size of the arena, a multiple of the alignment
 * @param alignment bytes to which buffers and the arena are aligned; parts of a joined
 *     concatenation may lie at any byte
 * @param lowerBound no placement of these operators in this order needs less
 * @param peakStep index of the operator at which most bytes are in use
 * @param slots every activation's bytes
 * @param scratch what operators need beside their operands while they run, by their outputs
 */
public record MemoryPlan(
    int arenaBytes,
    int alignment,
    int lowerBound,
    int peakStep,
    SortedMap<TensorId, Slot> slots,
    SortedMap<TensorId, Slot> scratch) {
  public MemoryPlan {
    slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    scratch = Collections.unmodifiableSortedMap(new TreeMap<>(scratch));
  }

  /** The bytes of one activation; a bug in the caller for constants. */
  public Slot slot(TensorId tensor) {
    Slot slot = slots.get(tensor);
    if (slot == null) {
      throw new IllegalArgumentException(tensor + " has no place in the arena");
    }
    return slot;
  }
}
