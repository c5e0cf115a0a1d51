// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.StridedView;
import java.lang.reflect.Array;
import java.util.List;
import java.util.function.Consumer;

/**
 * Kernels that move elements and compute nothing, for arrays of any type. A tensor's element is one
 * or more entries of its array: one float, or as many bytes as an integer type has.
 */
final class Moves {
  private Moves() {}

  static <A> Kernel<A> reshape() {
    return (inputs, output) -> copyAll(inputs.get(0), output);
  }

  private static <A> void copyAll(A input, A output) {
    System.arraycopy(input, 0, output, 0, Array.getLength(output));
  }

  /**
   * Tensors one behind the other along an axis.
   *
   * @param entries of an array that make one element
   */
  static <A> Kernel<A> concat(Graph graph, Concat op, int entries) {
    List<Integer> inner =
        op.inputs().stream()
            .map(id -> entries * elementsFrom(graph.tensor(id).shape(), op.axis()))
            .toList();
    Shape joined = graph.tensor(op.output()).shape();
    int stride = entries * elementsFrom(joined, op.axis());
    int outer = entries * joined.elements() / stride;
    return (inputs, output) -> {
      int begin = 0;
      for (int i = 0; i < inputs.size(); i++) {
        int length = inner.get(i);
        for (int block = 0; block < outer; block++) {
          System.arraycopy(inputs.get(i), block * length, output, block * stride + begin, length);
        }
        begin += length;
      }
    };
  }

  /**
   * Elements at other places.
   *
   * @param width array entries of one element
   */
  static <A> Kernel<A> rearrange(StridedView view, int width) {
    int[] starts = view.starts();
    int run = view.run() * width;
    return (inputs, output) -> {
      for (int i = 0; i < starts.length; i++) {
        System.arraycopy(inputs.get(0), starts[i] * width, output, i * run, run);
      }
    };
  }

  /**
   * Chosen indices of one axis.
   *
   * @param width array entries of one element
   */
  static <A> Kernel<A> gather(Graph graph, Gather op, int width) {
    Shape input = graph.tensor(op.input()).shape();
    int step = elementsFrom(input, op.axis()) * width;
    int run = step / input.dim(op.axis());
    int outer = input.elements() * width / step;
    int[] indices = op.indices().stream().mapToInt(Integer::intValue).toArray();
    return (inputs, output) -> {
      int end = 0;
      for (int block = 0; block < outer; block++) {
        for (int index : indices) {
          System.arraycopy(inputs.get(0), block * step + index * run, output, end, run);
          end += run;
        }
      }
    };
  }

  private static int elementsFrom(Shape shape, int axis) {
    return shape.dims().subList(axis, shape.rank()).stream().reduce(1, (a, b) -> a * b);
  }

  /**
   * Zeros around a tensor.
   *
   * @param entries of an array that make one element
   * @param clear fills an array with the value that stands for real 0
   */
  static <A> Kernel<A> pad(Graph graph, Pad op, int entries, Consumer<A> clear) {
    Shape input = graph.tensor(op.input()).shape();
    int[] rowStarts = rowStarts(input, graph.tensor(op.output()).shape(), op.before());
    int row = entries * input.channels();
    return (inputs, output) -> {
      clear.accept(output);
      for (int i = 0; i < rowStarts.length; i++) {
        System.arraycopy(inputs.get(0), i * row, output, entries * rowStarts[i], row);
      }
    };
  }

  /** Where each innermost row of the input begins in the output. */
  private static int[] rowStarts(Shape input, Shape output, List<Integer> before) {
    int[] strides = output.strides();
    int[] starts = new int[input.elements() / input.channels()];
    for (int row = 0; row < starts.length; row++) {
      int rest = row;
      int start = input.rank() == 0 ? 0 : before.get(input.rank() - 1);
      for (int axis = input.rank() - 2; axis >= 0; axis--) {
        start += (rest % input.dim(axis) + before.get(axis)) * strides[axis];
        rest /= input.dim(axis);
      }
      starts[row] = start;
    }
    return starts;
  }
}
