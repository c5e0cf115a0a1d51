// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.report.DiagnosticCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    requireBlocks(source, block, block >= 1 && in.dim(3) % ((long) block * block) == 0);
    int depth = in.dim(3) / (block * block);
    source.requireYields(0, List.of(in.dim(0), in.dim(1) * block, in.dim(2) * block, depth));
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
    requireBlocks(source, block, block >= 1 && in.dim(1) % block == 0 && in.dim(2) % block == 0);
    int height = in.dim(1) / block;
    int width = in.dim(2) / block;
    source.requireYields(0, List.of(in.dim(0), height, width, in.dim(3) * block * block));
    return rearranged(
        source,
        Shape.of(in.dim(0), height, block, width, block, in.dim(3)),
        Shape.of(in.dim(0), height, width, block, block, in.dim(3)));
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
    Shape shape = source.input(0).shape();
    if (shape.rank() != 4) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID, shape + " is no NHWC image", FlatFileDecoder.DAMAGED);
    }
    return shape;
  }

  private static void requireBlocks(OperatorSource source, int block, boolean fits) {
    if (!fits) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "blocks of " + block + " do not divide " + source.input(0).shape(),
          FlatFileDecoder.DAMAGED);
    }
  }
}
