// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import java.util.List;

/**
 * Buffers to be placed in one arena.
 *
 * @param rules pairs that may overlap although both are live at one step
 * @param alignment every offset is a multiple of it
 * @param steps number of steps, those before the first and after the last not counted
 */
record ArenaProblem(List<Buffer> buffers, List<Rule> rules, int alignment, int steps) {
  /**
   * A buffer that must be in memory from step {@code first} to step {@code last}, both included.
   */
  record Buffer(int bytes, int first, int last) {
    boolean meets(Buffer other) {
      return first <= other.last && other.first <= last;
    }

    boolean isLiveAt(int step) {
      return first <= step && step <= last;
    }
  }

  /**
   * Buffers {@code input} and {@code output} (indices) may overlap as long as the input begins at
   * least {@code distance} bytes above the output (below it, where the distance is negative).
   */
  record Rule(int input, int output, int distance, int step) {}

  ArenaProblem {
    buffers = List.copyOf(buffers);
    rules = List.copyOf(rules);
  }

  /**
   * How far {@code upper} must begin above {@code lower} where it does not lie below it; buffers
   * that never meet keep no distance.
   */
  int gap(int lower, int upper) {
    if (!buffers.get(lower).meets(buffers.get(upper))) {
      return Integer.MIN_VALUE;
    }
    int gap = buffers.get(lower).bytes();
    for (Rule rule : rules) {
      if (rule.output() == lower && rule.input() == upper) {
        gap = Math.min(gap, rule.distance());
      }
    }
    return gap;
  }

  /** No plan needs less: the largest, over steps, of what must be there before or after it. */
  int lowerBound() {
    int bound = 0;
    for (int step = -1; step <= steps; step++) {
      bound = Math.max(bound, lowerBound(step));
    }
    return bound;
  }

  /** Bytes of all buffers that must be in memory at a step. */
  int liveBytes(int step) {
    return buffers.stream()
        .filter(buffer -> buffer.isLiveAt(step))
        .mapToInt(Buffer::bytes)
        .reduce(0, Math::addExact);
  }

  private int lowerBound(int step) {
    int saving = 0;
    for (Rule rule : rules) {
      if (rule.step() == step) {
        int input = buffers.get(rule.input()).bytes();
        int output = buffers.get(rule.output()).bytes();
        int span = Math.max(Math.max(input, output), rule.distance() + input);
        // Two operands lie apart, so together they cannot save more than the output.
        saving = Math.min(output, saving + Math.max(0, input + output - span));
      }
    }
    return liveBytes(step) - saving;
  }

  /** The same buffers with other pairs that may overlap. */
  ArenaProblem withRules(List<Rule> newRules) {
    return new ArenaProblem(buffers, newRules, alignment, steps);
  }

  int align(int offset) {
    return Math.floorDiv(offset + alignment - 1, alignment) * alignment;
  }
}
