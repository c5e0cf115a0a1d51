// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.report.DiagnosticCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.DepthToSpaceOptions;
import org.tensorflow.lite.schema.PackOptions;
import org.tensorflow.lite.schema.SpaceToDepthOptions;

/** Operators that give axes another order: TRANSPOSE, PACK and the two between space and depth. */
final class ArrangementReader {
  private static final List<Integer> BLOCKS_APART = List.of(0, 1, 3, 2, 4, 5);

  private ArrangementReader() {}

  static List<Op> transpose(OperatorSource source) {
    source.requireOperands(2, 2);
    Tensor input = source.input(0);
    int rank = input.shape().rank();
    int[] stated = source.constantInts(1, "order of axes");
    List<Integer> order = Arrays.stream(stated).mapToObj(axis -> source.axis(axis, rank)).toList();
    if (order.size() != rank || order.stream().distinct().count() != rank) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          Arrays.toString(stated) + " is no order of the axes of " + input.shape(),
          FlatFileDecoder.DAMAGED);
    }
    return List.of(new Transpose(input.id(), source.outputId(), order));
  }

  /** Each operand gets the new axis with extent 1; they are joined along it. */
  static List<Op> pack(OperatorSource source) {
    source.requireOperands(1, Integer.MAX_VALUE);
    int stated =
        source.options(BuiltinOptions.PackOptions, new PackOptions(), PackOptions::axis).orElse(0);
    Shape shape = source.input(0).shape();
    int axis = source.axis(stated, shape.rank() + 1);
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.add(axis, 1);
    List<Op> ops = new ArrayList<>();
    List<TensorId> parts = new ArrayList<>();
    for (int i = 0; i < source.operator().inputs().size(); i++) {
      Tensor operand = source.input(i);
      if (!operand.shape().equals(shape)) {
        throw source.reject(
            DiagnosticCode.SHAPE_INVALID,
            "joins " + shape + " and " + operand.shape(),
            FlatFileDecoder.DAMAGED);
      }
      TensorId part = source.intermediate(operand, "packed", new Shape(dims));
      ops.add(new Reshape(operand.id(), part));
      parts.add(part);
    }
    ops.add(new Concat(parts, source.outputId(), axis, Activation.NONE));
    return ops;
  }

  static List<Op> depthToSpace(OperatorSource source) {
    int block =
        source.requiredOptions(
            BuiltinOptions.DepthToSpaceOptions,
            new DepthToSpaceOptions(),
            DepthToSpaceOptions::blockSize);
    Shape in = image(source);
    Shape out = image(source.output().shape(), source);
    boolean fits = block >= 1 && in.dim(3) % ((long) block * block) == 0;
    List<Integer> yielded =
        fits
            ? List.of(in.dim(0), in.dim(1) * block, in.dim(2) * block, in.dim(3) / (block * block))
            : List.of();
    requireBlocks(source, block, yielded);
    int depth = out.dim(3);
    return rearranged(
        source,
        Shape.of(in.dim(0), in.dim(1), in.dim(2), block, block, depth),
        Shape.of(in.dim(0), in.dim(1), block, in.dim(2), block, depth));
  }

  static List<Op> spaceToDepth(OperatorSource source) {
    int block =
        source.requiredOptions(
            BuiltinOptions.SpaceToDepthOptions,
            new SpaceToDepthOptions(),
            SpaceToDepthOptions::blockSize);
    Shape in = image(source);
    Shape out = image(source.output().shape(), source);
    boolean fits = block >= 1 && in.dim(1) % block == 0 && in.dim(2) % block == 0;
    List<Integer> yielded =
        fits
            ? List.of(in.dim(0), in.dim(1) / block, in.dim(2) / block, in.dim(3) * block * block)
            : List.of();
    requireBlocks(source, block, yielded);
    return rearranged(
        source,
        Shape.of(in.dim(0), out.dim(1), block, out.dim(2), block, in.dim(3)),
        Shape.of(in.dim(0), out.dim(1), out.dim(2), block, block, in.dim(3)));
  }

  /** Rows and columns within a block are axes of their own while they change places. */
  private static List<Op> rearranged(OperatorSource source, Shape before, Shape after) {
    Tensor output = source.output();
    TensorId split = source.intermediate(output, "blocks", before);
    TensorId moved = source.intermediate(output, "rearranged", after);
    return List.of(
        new Reshape(source.input(0).id(), split),
        new Transpose(split, moved, BLOCKS_APART),
        new Reshape(moved, output.id()));
  }

  private static Shape image(OperatorSource source) {
    source.requireOperands(1, 1);
    return image(source.input(0).shape(), source);
  }

  private static Shape image(Shape shape, OperatorSource source) {
    if (shape.rank() != 4) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID, shape + " is no NHWC image", FlatFileDecoder.DAMAGED);
    }
    return shape;
  }

  private static void requireBlocks(OperatorSource source, int block, List<Integer> yielded) {
    if (!source.output().shape().dims().equals(yielded)) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "blocks of " + block + " do not make " + source.output().shape(),
          FlatFileDecoder.DAMAGED);
    }
  }

  /** SHAPE: every shape is known here, so the output is a constant and there is no operator. */
  static List<Op> shape(OperatorSource source) {
    source.requireOperands(1, 1);
    int[] dims = source.input(0).shape().toArray();
    Tensor output = source.output();
    if (!output.shape().dims().equals(List.of(dims.length))
        || (output.type() != DType.INT32 && output.type() != DType.INT64)) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          output.type() + " " + output.shape() + " holds no shape of " + dims.length + " axes",
          FlatFileDecoder.DAMAGED);
    }
    ByteBuffer bytes = ByteBuffer.allocate(output.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.of(dims)
        .forEach(
            dim -> {
              if (output.type() == DType.INT64) {
                bytes.putLong(dim);
              } else {
                bytes.putInt(dim);
              }
            });
    source.replace(
        output.withConstant(
            output.shape(), output.type(), Optional.empty(), ConstantBytes.of(bytes.array())));
    return List.of();
  }
}
