// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.DiagnosticCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.UnpackOptions;

/** Operators that take parts of a tensor: SLICE, SPLIT, SPLIT_V, UNPACK and REVERSE_V2. */
final class SliceReader {
  private SliceReader() {}

  /** Where a slice of every axis begins, its steps, and how many indices it has. */
  record Part(List<Integer> begin, List<Integer> stride, List<Integer> size) {
    static Part whole(Shape shape) {
      return new Part(
          new ArrayList<>(Collections.nCopies(shape.rank(), 0)),
          new ArrayList<>(Collections.nCopies(shape.rank(), 1)),
          new ArrayList<>(shape.dims()));
    }

    Part with(int axis, int newBegin, int newStride, int newSize) {
      begin.set(axis, newBegin);
      stride.set(axis, newStride);
      size.set(axis, newSize);
      return this;
    }

    Op of(TensorId input, TensorId output) {
      return new Slice(input, output, begin, stride);
    }
  }

  /** The part, under the shape that output {@code result} has. */
  static List<Op> operators(
      OperatorSource source, Tensor input, Part part, List<Integer> dims, int result) {
    Tensor output = source.requireYields(result, dims);
    if (part.size().equals(dims)) {
      return List.of(part.of(input.id(), output.id()));
    }
    TensorId sliced = source.intermediate(output, "sliced", new Shape(part.size()));
    return List.of(part.of(input.id(), sliced), new Reshape(sliced, output.id()));
  }

  static List<Op> slice(OperatorSource source) {
    source.requireOperands(3, 3);
    Tensor input = source.input(0);
    int rank = input.shape().rank();
    int[] begin = source.constantInts(1, "begin");
    int[] size = source.constantInts(2, "size");
    if (begin.length != rank || size.length != rank) {
      throw misfit(source, input.shape(), "begin and size " + begin.length + ", " + size.length);
    }
    Part part = Part.whole(input.shape());
    for (int axis = 0; axis < rank; axis++) {
      int extent = input.shape().dim(axis);
      long count = size[axis] == -1 ? (long) extent - begin[axis] : size[axis];
      if (begin[axis] < 0 || count < 1 || begin[axis] + count > extent) {
        throw misfit(source, input.shape(), count + " indices of axis " + axis);
      }
      part.with(axis, begin[axis], 1, (int) count);
    }
    return operators(source, input, part, part.size(), 0);
  }

  static List<Op> split(OperatorSource source) {
    source.requireOperands(2, 2, OperatorSource.ANY);
    Tensor input = source.input(1);
    int axis = source.constantAxis(0, input.shape().rank());
    int parts = source.results();
    if (input.shape().dim(axis) % parts != 0) {
      throw misfit(source, input.shape(), parts + " equal parts of axis " + axis);
    }
    int[] sizes = new int[parts];
    Arrays.fill(sizes, input.shape().dim(axis) / parts);
    return parts(source, input, axis, sizes);
  }

  static List<Op> splitInSizes(OperatorSource source) {
    source.requireOperands(3, 3, OperatorSource.ANY);
    Tensor input = source.input(0);
    int axis = source.constantAxis(2, input.shape().rank());
    int[] sizes = source.constantInts(1, "list of sizes");
    long open = Arrays.stream(sizes).filter(size -> size == -1).count();
    long known = Arrays.stream(sizes).filter(size -> size != -1).asLongStream().sum();
    int extent = input.shape().dim(axis);
    if (open == 1 && known < extent) {
      sizes =
          Arrays.stream(sizes).map(size -> size == -1 ? (int) (extent - known) : size).toArray();
    }
    boolean fits =
        sizes.length == source.results()
            && Arrays.stream(sizes).allMatch(size -> size >= 1 && size <= extent)
            && Arrays.stream(sizes).asLongStream().sum() == extent;
    if (!fits) {
      throw misfit(source, input.shape(), Arrays.toString(sizes) + " of axis " + axis);
    }
    return parts(source, input, axis, sizes);
  }

  private static List<Op> parts(OperatorSource source, Tensor input, int axis, int[] sizes) {
    List<Op> ops = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < sizes.length; i++) {
      Part part = Part.whole(input.shape()).with(axis, begin, 1, sizes[i]);
      ops.addAll(operators(source, input, part, part.size(), i));
      begin += sizes[i];
    }
    return ops;
  }

  static List<Op> unpack(OperatorSource source) {
    source.requireOperands(1, 1, OperatorSource.ANY);
    Tensor input = source.input(0);
    int stated =
        source
            .options(BuiltinOptions.UnpackOptions, new UnpackOptions(), UnpackOptions::axis)
            .orElse(0);
    int axis = source.axis(stated, input.shape().rank());
    if (source.results() != input.shape().dim(axis)) {
      throw misfit(source, input.shape(), source.results() + " indices of axis " + axis);
    }
    List<Integer> dims = new ArrayList<>(input.shape().dims());
    dims.remove(axis);
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < source.results(); i++) {
      Part part = Part.whole(input.shape()).with(axis, i, 1, 1);
      ops.addAll(operators(source, input, part, dims, i));
    }
    return ops;
  }

  static List<Op> reverse(OperatorSource source) {
    source.requireOperands(2, 2);
    Tensor input = source.input(0);
    Part part = Part.whole(input.shape());
    for (int axis : source.axes(source.constantInts(1, "list of axes"), input.shape())) {
      int extent = input.shape().dim(axis);
      part.with(axis, extent - 1, -1, extent);
    }
    return operators(source, input, part, part.size(), 0);
  }

  private static OperatorRejected misfit(OperatorSource source, Shape input, String what) {
    return source.reject(
        DiagnosticCode.SHAPE_INVALID, what + " do not fit " + input, FlatFileDecoder.DAMAGED);
  }
}
