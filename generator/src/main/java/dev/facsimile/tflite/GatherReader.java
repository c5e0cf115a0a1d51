// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.DiagnosticCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.GatherOptions;
import org.tensorflow.lite.schema.MirrorPadMode;
import org.tensorflow.lite.schema.MirrorPadOptions;

/** Operators that take certain indices of an axis: GATHER and MIRROR_PAD. */
final class GatherReader {
  static final int MOST_INDICES = 1 << 20;

  private GatherReader() {}

  private record Options(int axis, int batchAxes) {}

  static List<Op> gather(OperatorSource source) {
    source.requireOperands(2, 2);
    Shape input = source.input(0).shape();
    Shape indices = source.constant(1, "list of indices").shape();
    int[] stated = source.constantInts(1, "list of indices", MOST_INDICES);
    Options options =
        source
            .options(
                BuiltinOptions.GatherOptions,
                new GatherOptions(),
                o -> new Options(o.axis(), o.batchDims()))
            .orElse(new Options(0, 0));
    int axis = source.axis(options.axis(), input.rank());
    int batchAxes = options.batchAxes() + (options.batchAxes() < 0 ? indices.rank() : 0);
    if (batchAxes < 0
        || batchAxes > Math.min(axis, indices.rank())
        || !input.dims().subList(0, batchAxes).equals(indices.dims().subList(0, batchAxes))) {
      throw reject(source, options.batchAxes() + " batch axes do not fit " + input, indices);
    }
    int extent = input.dim(axis);
    if (Arrays.stream(stated).anyMatch(index -> index < 0 || index >= extent)) {
      throw reject(source, "an index leaves axis " + axis + " of " + input, indices);
    }
    List<Integer> dims = new ArrayList<>(input.dims().subList(0, axis));
    dims.addAll(indices.dims().subList(batchAxes, indices.rank()));
    dims.addAll(input.dims().subList(axis + 1, input.rank()));
    source.requireYields(0, dims);
    return batchAxes == 0
        ? gathered(source, source.input(0), axis, stated)
        : batched(source, axis, batchAxes, stated);
  }

  /** One axis, and the output's shape where the indices are no list. */
  private static List<Op> gathered(OperatorSource source, Tensor input, int axis, int[] indices) {
    List<Integer> dims = new ArrayList<>(input.shape().dims());
    dims.set(axis, indices.length);
    TensorId output = source.outputId();
    if (source.output().shape().dims().equals(dims)) {
      return List.of(taken(input.shape(), input.id(), output, axis, indices));
    }
    TensorId list = source.intermediate(source.output(), "gathered", new Shape(dims));
    return List.of(
        taken(input.shape(), input.id(), list, axis, indices), new Reshape(list, output));
  }

  /** Each batch has indices of its own: batches, axes between and the axis become one axis. */
  private static List<Op> batched(OperatorSource source, int axis, int batchAxes, int[] indices) {
    Shape input = source.input(0).shape();
    int batches = product(input.dims().subList(0, batchAxes));
    int between = product(input.dims().subList(batchAxes, axis));
    int inner = product(input.dims().subList(axis + 1, input.rank()));
    int extent = input.dim(axis);
    int perBatch = indices.length / batches;
    int[] rows = new int[batches * between * perBatch];
    for (int i = 0; i < rows.length; i++) {
      int block = i / perBatch;
      rows[i] = block * extent + indices[block / between * perBatch + i % perBatch];
    }
    Shape table = Shape.of(batches * between * extent, inner);
    TensorId flat = source.intermediate(source.output(), "rows", table);
    TensorId chosen =
        source.intermediate(source.output(), "gathered", Shape.of(rows.length, inner));
    return List.of(
        new Reshape(source.input(0).id(), flat),
        taken(table, flat, chosen, 0, rows),
        new Reshape(chosen, source.outputId()));
  }

  /** Indices with equal steps are a slice. */
  private static Op taken(Shape shape, TensorId input, TensorId output, int axis, int[] indices) {
    int step = indices.length == 1 ? 1 : indices[1] - indices[0];
    boolean even =
        step != 0
            && IntStream.range(1, indices.length)
                .allMatch(i -> indices[i] - indices[i - 1] == step);
    return even
        ? SliceReader.Part.whole(shape)
            .with(axis, indices[0], step, indices.length)
            .of(input, output)
        : new Gather(input, output, axis, Arrays.stream(indices).boxed().toList());
  }

  /** Axis after axis: an image and its reflections are indices of the image. */
  static List<Op> mirrorPad(OperatorSource source) {
    source.requireOperands(2, 2);
    byte mode =
        source.requiredOptions(
            BuiltinOptions.MirrorPadOptions, new MirrorPadOptions(), MirrorPadOptions::mode);
    Tensor input = source.input(0);
    Shape shape = input.shape();
    int[] pads = source.constantInts(1, "list of paddings");
    boolean symmetric = mode == MirrorPadMode.SYMMETRIC;
    requireMirrored(source, shape, pads, symmetric);
    List<Op> ops = new ArrayList<>();
    TensorId current = input.id();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (pads[2 * axis] + pads[2 * axis + 1] > 0) {
        int extent = shape.dim(axis);
        int[] indices =
            IntStream.range(-pads[2 * axis], extent + pads[2 * axis + 1])
                .map(place -> mirrored(place, extent, symmetric))
                .toArray();
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(axis, indices.length);
        TensorId next = source.intermediate(source.output(), "mirrored" + axis, new Shape(dims));
        ops.add(taken(shape, current, next, axis, indices));
        shape = new Shape(dims);
        current = next;
      }
    }
    ops.add(new Reshape(current, source.outputId()));
    return ops;
  }

  private static void requireMirrored(
      OperatorSource source, Shape shape, int[] pads, boolean symmetric) {
    boolean fits = pads.length == 2 * shape.rank();
    for (int i = 0; fits && i < pads.length; i++) {
      fits = pads[i] >= 0 && pads[i] <= shape.dim(i / 2) - (symmetric ? 0 : 1);
    }
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; fits && axis < shape.rank(); axis++) {
      dims.add(pads[2 * axis] + shape.dim(axis) + pads[2 * axis + 1]);
    }
    if (!fits) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "paddings " + Arrays.toString(pads) + " do not fit " + shape,
          FlatFileDecoder.DAMAGED);
    }
    source.requireYields(0, dims);
  }

  private static int mirrored(int place, int extent, boolean symmetric) {
    int edge = symmetric ? 1 : 0;
    if (place < 0) {
      return -place - edge;
    }
    return place < extent ? place : 2 * (extent - 1) + edge - place;
  }

  private static int product(List<Integer> dims) {
    return dims.stream().reduce(1, (a, b) -> a * b);
  }

  private static OperatorRejected reject(OperatorSource source, String what, Shape indices) {
    return source.reject(
        DiagnosticCode.SHAPE_INVALID, what + ", indices " + indices, FlatFileDecoder.DAMAGED);
  }
}
