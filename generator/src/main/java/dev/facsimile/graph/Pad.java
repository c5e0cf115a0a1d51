// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One value, mostly zero, around a tensor: {@code before} and {@code after} have an entry for each
 * axis.
 *
 * @param value real value; in an integer network the nearest code that the output has for it
 */
public record Pad(
    TensorId input, TensorId output, List<Integer> before, List<Integer> after, float value)
    implements Op {
  public Pad {
    before = List.copyOf(before);
    after = List.copyOf(after);
    if (before.size() != after.size()
        || before.stream().anyMatch(pad -> pad < 0)
        || after.stream().anyMatch(pad -> pad < 0)) {
      throw new IllegalArgumentException("padding must be >= 0 but was " + before + " " + after);
    }
  }

  /** Zeros. */
  public Pad(TensorId input, TensorId output, List<Integer> before, List<Integer> after) {
    this(input, output, before, after, 0f);
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Pad(rename.apply(input), rename.apply(output), before, after, value);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitPad(this);
  }

  @Override
  public String kind() {
    return value == 0 ? "PAD" : "PADV2";
  }
}
