// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.DiagnosticCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Operators that repeat a tensor, TILE and BROADCAST_TO: the indices of an axis, several times
 * over.
 */
final class TileReader {
  private TileReader() {}

  static List<Op> tile(OperatorSource source) {
    source.requireOperands(2, 2);
    Shape input = source.input(0).shape();
    int[] times = source.constantInts(1, "list of multiples");
    if (times.length != input.rank()) {
      throw misfit(source, times);
    }
    return repeated(source, source.input(0).id(), input, times);
  }

  /** Shapes are aligned at the innermost axis; axes of extent 1 are stretched. */
  static List<Op> broadcast(OperatorSource source) {
    source.requireOperands(2, 2);
    Tensor input = source.input(0);
    int[] stated = source.constantInts(1, "shape");
    if (stated.length < input.shape().rank()) {
      throw misfit(source, stated);
    }
    Shape wide = input.shape().padToRank(stated.length);
    int[] times = new int[stated.length];
    for (int axis = 0; axis < times.length; axis++) {
      if (stated[axis] != wide.dim(axis) && wide.dim(axis) != 1) {
        throw misfit(source, stated);
      }
      times[axis] = stated[axis] / wide.dim(axis);
    }
    List<Op> ops = new ArrayList<>();
    TensorId start = input.id();
    if (!wide.equals(input.shape())) {
      start = source.intermediate(input, "aligned", wide);
      ops.add(new Reshape(input.id(), start));
    }
    ops.addAll(repeated(source, start, wide, times));
    return ops;
  }

  /** Axis after axis, from the innermost: the most of the work is done in the longest runs. */
  private static List<Op> repeated(
      OperatorSource source, TensorId start, Shape input, int[] times) {
    List<Integer> dims = new ArrayList<>(input.dims());
    for (int axis = 0; axis < times.length; axis++) {
      long extent = (long) input.dim(axis) * times[axis];
      if (times[axis] < 1 || extent > GatherReader.MOST_INDICES) {
        throw misfit(source, times);
      }
      dims.set(axis, (int) extent);
    }
    Tensor output = source.requireYields(0, dims);
    List<Integer> axes =
        IntStream.range(0, times.length).filter(axis -> times[axis] > 1).boxed().toList();
    if (axes.isEmpty()) {
      return List.of(new Reshape(start, output.id()));
    }
    List<Op> ops = new ArrayList<>();
    TensorId current = start;
    List<Integer> reached = new ArrayList<>(input.dims());
    for (int i = axes.size() - 1; i >= 0; i--) {
      int axis = axes.get(i);
      reached.set(axis, dims.get(axis));
      TensorId next =
          i == 0 ? output.id() : source.intermediate(output, "repeated" + axis, new Shape(reached));
      source.charge(Shape.of(dims.get(axis)), DType.INT32);
      ops.add(new Gather(current, next, axis, indices(input.dim(axis), times[axis])));
      current = next;
    }
    return ops;
  }

  private static List<Integer> indices(int extent, int times) {
    List<Integer> once = IntStream.range(0, extent).boxed().toList();
    return Collections.nCopies(times, once).stream().flatMap(List::stream).toList();
  }

  private static OperatorRejected misfit(OperatorSource source, int[] stated) {
    return source.reject(
        DiagnosticCode.SHAPE_INVALID,
        Arrays.toString(stated) + " does not fit " + source.input(0).shape(),
        FlatFileDecoder.DAMAGED);
  }
}
