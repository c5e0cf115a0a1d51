// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Dimensions of a tensor, outermost first (NHWC for images). A scalar has rank 0 and one element.
 * The product of the dimensions fits an int: the importer refuses what does not.
 */
public record Shape(List<Integer> dims) {
  public Shape {
    dims = List.copyOf(dims);
    long product = 1;
    for (int dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException("dimension must be >= 1 but shape is " + dims);
      }
      product = Math.multiplyExact(product, dim);
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("more than 2^31-1 elements in shape " + dims);
      }
    }
  }

  public static Shape of(int... dims) {
    List<Integer> list = new ArrayList<>(dims.length); // made often: a stream is mostly garbage
    for (int dim : dims) {
      list.add(dim);
    }
    return new Shape(list);
  }

  public int rank() {
    return dims.size();
  }

  /** Dimension {@code axis}; negative axes count from the end, as in TensorFlow. */
  public int dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  /** The innermost dimension: the channels of NHWC; 1 for a scalar. */
  public int channels() {
    return rank() == 0 ? 1 : dim(-1);
  }

  public int elements() {
    int product = 1;
    for (int dim : dims) {
      product *= dim;
    }
    return product;
  }

  /** Elements between two neighbours along each axis of a row-major layout. */
  public int[] strides() {
    int[] strides = new int[rank()];
    int step = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= dim(axis);
    }
    return strides;
  }

  /** The same shape with ones in front until it has {@code rank} dimensions. */
  public Shape padToRank(int rank) {
    return new Shape(
        IntStream.range(0, rank)
            .map(axis -> axis < rank - rank() ? 1 : dim(axis - (rank - rank())))
            .boxed()
            .toList());
  }

  public int[] toArray() {
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining("x", "[", "]"));
  }
}
