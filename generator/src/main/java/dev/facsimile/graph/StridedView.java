// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the elements of an output lie in the input it is taken from: element (i0, i1, ...) at
 * {@code begin + i0 * stride0 + i1 * stride1 + ...}, counted in elements of a row-major layout.
 *
 * @param axes of the output, outermost first, as few as describe it: extents of 1 are left out, and
 *     neighbours that one step covers are one
 */
public record StridedView(int begin, List<Axis> axes) {

  /** Elements along an axis of the output, and the distance of neighbours in the input. */
  public record Axis(int extent, int stride) {
    private boolean continues(Axis outer) {
      return outer.stride == stride * extent;
    }
  }

  public StridedView {
    List<Axis> merged = new ArrayList<>();
    for (Axis axis : axes) {
      int last = merged.size() - 1;
      if (axis.extent() == 1) {
        continue;
      }
      if (last >= 0 && axis.continues(merged.get(last))) {
        merged.set(last, new Axis(merged.get(last).extent() * axis.extent(), axis.stride()));
      } else {
        merged.add(axis);
      }
    }
    axes = List.copyOf(merged);
  }

  /** The view that TRANSPOSE and STRIDED_SLICE are; empty for other operators. */
  public static Optional<StridedView> of(Graph graph, Op op) {
    if (op instanceof Transpose transpose) {
      return Optional.of(of(transpose, graph.tensor(transpose.input()).shape()));
    }
    if (op instanceof Slice slice) {
      Shape input = graph.tensor(slice.input()).shape();
      return Optional.of(of(slice, input, graph.tensor(slice.output()).shape()));
    }
    return Optional.empty();
  }

  private static StridedView of(Transpose op, Shape input) {
    int[] strides = input.strides();
    return new StridedView(
        0,
        op.permutation().stream().map(axis -> new Axis(input.dim(axis), strides[axis])).toList());
  }

  private static StridedView of(Slice op, Shape input, Shape output) {
    int[] strides = input.strides();
    int begin = 0;
    List<Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < strides.length; axis++) {
      begin += op.begin().get(axis) * strides[axis];
      axes.add(new Axis(output.dim(axis), op.stride().get(axis) * strides[axis]));
    }
    return new StridedView(begin, axes);
  }

  /** Whether the elements lie one behind the other. */
  public boolean isContiguous() {
    return axes.isEmpty() || (axes.size() == 1 && axes.get(0).stride() == 1);
  }

  /** How many elements at a time lie one behind the other. */
  public int run() {
    boolean dense = !axes.isEmpty() && axes.get(axes.size() - 1).stride() == 1;
    return dense ? axes.get(axes.size() - 1).extent() : 1;
  }

  /** The axes along which {@linkplain #run runs} are counted. */
  public List<Axis> runAxes() {
    return run() == 1 ? axes : axes.subList(0, axes.size() - 1);
  }

  /** Where each run begins in the input, in the order of the output. */
  public int[] starts() {
    int[] starts = {begin};
    for (Axis axis : runAxes()) {
      int[] next = new int[starts.length * axis.extent()];
      for (int i = 0; i < next.length; i++) {
        next[i] = starts[i / axis.extent()] + i % axis.extent() * axis.stride();
      }
      starts = next;
    }
    return starts;
  }
}
