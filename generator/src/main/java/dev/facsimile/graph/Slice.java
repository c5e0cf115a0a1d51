// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Every {@code stride}th index of each axis from {@code begin} on, as many as the output tensor
 * has. Strides may be negative but not zero: an axis is read backwards then. SLICE, STRIDED_SLICE,
 * SPLIT, UNPACK and REVERSE_V2 are this.
 *
 * @param begin an index of each axis of the input
 * @param stride one for each axis
 */
public record Slice(TensorId input, TensorId output, List<Integer> begin, List<Integer> stride)
    implements Op {
  public Slice {
    begin = List.copyOf(begin);
    stride = List.copyOf(stride);
    if (begin.size() != stride.size()
        || begin.stream().anyMatch(index -> index < 0)
        || stride.contains(0)) {
      throw new IllegalArgumentException(
          "begin must be >= 0 and strides not 0 but were " + begin + " " + stride);
    }
  }

  /** Whether the output has every index of this axis, in their order. */
  public boolean isWhole(int axis, Shape in, Shape out) {
    return in.dim(axis) == out.dim(axis) && (in.dim(axis) == 1 || stride.get(axis) == 1);
  }

  @Override
  public List<TensorId> inputs() {
    return List.of(input);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Slice(rename.apply(input), rename.apply(output), begin, stride);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSlice(this);
  }

  @Override
  public String kind() {
    return "STRIDED_SLICE";
  }
}
