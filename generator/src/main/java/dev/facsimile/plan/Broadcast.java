// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How two operands are repeated over an output, in the axes of a kernel. Neighbouring axes along
 * which each operand is either dense or repeated are one axis.
 */
final class Broadcast {
  /** Axes of fxk_broadcast_params. */
  static final int AXES = 6;

  /** One axis: extent, and elements between neighbours in each operand (0: repeated). */
  private record Axis(int extent, int strideA, int strideB) {
    boolean continues(Axis inner) {
      return strideA == inner.strideA * inner.extent && strideB == inner.strideB * inner.extent;
    }

    Axis merge(Axis inner) {
      return new Axis(extent * inner.extent, inner.strideA, inner.strideB);
    }
  }

  private final List<Axis> axes;

  private Broadcast(List<Axis> axes) {
    this.axes = axes;
  }

  /** Empty where the axes of a kernel do not suffice, which they do for every shape of rank 6. */
  static Optional<Broadcast> of(Shape a, Shape b, Shape output) {
    int[] strideA = strides(a, output.rank());
    int[] strideB = strides(b, output.rank());
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < output.rank(); i++) {
      Axis axis = new Axis(output.dim(i), strideA[i], strideB[i]);
      if (axis.extent() == 1) {
        continue;
      }
      int last = axes.size() - 1;
      if (last >= 0 && axes.get(last).continues(axis)) {
        axes.set(last, axes.get(last).merge(axis));
      } else {
        axes.add(axis);
      }
    }
    while (axes.size() < AXES) {
      axes.add(0, new Axis(1, 0, 0));
    }
    return axes.size() == AXES ? Optional.of(new Broadcast(axes)) : Optional.empty();
  }

  private static int[] strides(Shape operand, int rank) {
    Shape padded = operand.padToRank(rank);
    int[] strides = padded.strides();
    for (int i = 0; i < rank; i++) {
      strides[i] = padded.dim(i) == 1 ? 0 : strides[i];
    }
    return strides;
  }

  /** Members of fxk_broadcast_params. */
  ParameterList write(ParameterList list) {
    return list.put("dims", members(Axis::extent))
        .put("a_stride", members(Axis::strideA))
        .put("b_stride", members(Axis::strideB));
  }

  private int[] members(ToIntFunction<Axis> member) {
    return axes.stream().mapToInt(member).toArray();
  }
}
