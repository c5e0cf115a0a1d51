// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Shape;
import java.util.List;

/** Which element belongs to which: precomputed, so that kernels loop over flat arrays. */
final class IndexMaps {
  private IndexMaps() {}

  /**
   * For every element of {@code to} in row-major order the index of the element of {@code from}
   * that broadcasting puts there.
   */
  static int[] broadcast(Shape from, Shape to) {
    Shape wide = from.padToRank(to.rank());
    int[] strides = wide.strides();
    for (int axis = 0; axis < strides.length; axis++) {
      if (wide.dim(axis) == 1) {
        strides[axis] = 0;
      }
    }
    return walk(to, strides);
  }

  /**
   * For every element of {@code from} in row-major order the index of the element it is reduced to
   * along {@code axes}.
   */
  static int[] reduction(Shape from, List<Integer> axes) {
    int[] strides = new int[from.rank()];
    int step = 1;
    for (int axis = from.rank() - 1; axis >= 0; axis--) {
      if (!axes.contains(axis)) {
        strides[axis] = step;
        step *= from.dim(axis);
      }
    }
    return walk(from, strides);
  }

  private static int[] walk(Shape shape, int[] strides) {
    int[] indices = new int[shape.elements()];
    int[] position = new int[shape.rank()];
    int index = 0;
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        index += strides[axis];
        if (++position[axis] < shape.dim(axis)) {
          break;
        }
        index -= strides[axis] * position[axis];
        position[axis] = 0;
      }
    }
    return indices;
  }
}
