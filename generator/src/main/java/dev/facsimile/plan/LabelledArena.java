// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.TensorId;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** An arena whose bytes say which element of which tensor they hold. */
final class LabelledArena {
  private final Graph graph;
  private final MemoryPlan plan;
  private final int[] bytes;
  private final SortedMap<TensorId, int[]> labels = new TreeMap<>();
  private int nextLabel = 1;
  private String step = "the start";

  LabelledArena(Graph graph, MemoryPlan plan) {
    this.graph = graph;
    this.plan = plan;
    this.bytes = new int[plan.arenaBytes()];
    plan.slots().forEach(this::requireInside);
  }

  private void requireInside(TensorId id, Slot slot) {
    if (slot.end() > bytes.length || slot.bytes() != graph.tensor(id).bytes()) {
      throw new IllegalStateException("tensor " + id + " does not fit its place " + slot);
    }
  }

  /** Names the step for the message of a failure. */
  void atStep(String name) {
    step = name;
  }

  /** New contents: a label of its own for every element. */
  void define(TensorId id) {
    int[] fresh = new int[graph.tensor(id).bytes()];
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = nextLabel++;
    }
    labels.put(id, fresh);
  }

  /** Contents copied from elsewhere: labels that exist already. */
  void define(TensorId id, int[] contents) {
    labels.put(id, contents);
  }

  int[] contents(TensorId id) {
    int[] contents = labels.get(id);
    if (contents == null) {
      throw new IllegalStateException(step + " reads tensor " + id + " before it is written");
    }
    return contents;
  }

  /** Labels for a constant, which lies outside the arena. */
  int[] constant(TensorId id) {
    return new int[graph.tensor(id).bytes()];
  }

  Slot slot(TensorId id) {
    return plan.slot(id);
  }

  void write(TensorId id, int from, int count) {
    System.arraycopy(contents(id), from, bytes, plan.slot(id).offset() + from, count);
  }

  /** Something of no meaning is written. */
  void overwrite(Slot slot) {
    Arrays.fill(bytes, slot.offset(), slot.end(), nextLabel++);
  }

  Slot scratch(TensorId output) {
    return plan.scratch().get(output);
  }

  void writeAll(TensorId id) {
    write(id, 0, graph.tensor(id).bytes());
  }

  void require(TensorId id, int from, int count) {
    int[] expected = contents(id);
    int offset = plan.slot(id).offset();
    for (int i = from; i < from + count; i++) {
      if (bytes[offset + i] != expected[i]) {
        throw new IllegalStateException(
            "%s needs byte %d of tensor %s, which was overwritten".formatted(step, i, id));
      }
    }
  }

  void requireAll(TensorId id) {
    require(id, 0, graph.tensor(id).bytes());
  }
}
