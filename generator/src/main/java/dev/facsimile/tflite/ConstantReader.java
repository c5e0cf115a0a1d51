// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.report.DiagnosticCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ReducerOptions;

/**
 * Operators whose output is a constant, because every shape is known here: SHAPE, and what networks
 * with a batch of any size make of shapes, REDUCE_PROD and FILL. They leave no operator.
 */
final class ConstantReader {
  private ConstantReader() {}

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
    return integers(source, output, dims);
  }

  /** The number of elements along axes of a shape: a product wraps as in TensorFlow Lite. */
  static List<Op> product(OperatorSource source) {
    source.requireOperands(2, 2);
    boolean keepDims =
        source
            .options(BuiltinOptions.ReducerOptions, new ReducerOptions(), ReducerOptions::keepDims)
            .orElse(false);
    Tensor input = source.input(0);
    if (!source.isComputed(input) || input.shape().rank() > 1) {
      throw source.reject(
          DiagnosticCode.OPERATOR_UNSUPPORTED,
          "products are supported of shapes only, not of activations",
          "multiply slices with MUL");
    }
    int[] factors = source.constantInts(0, "list of factors");
    List<Integer> axes = source.axes(source.constantInts(1, "list of axes"), input.shape());
    List<Integer> dims = keepDims ? List.of(1) : List.of();
    if (axes.isEmpty()) {
      return integers(source, source.requireYields(0, input.shape().dims()), factors);
    }
    int product = Arrays.stream(factors).reduce(1, (a, b) -> a * b);
    return integers(source, source.requireYields(0, dims), product);
  }

  private static List<Op> integers(OperatorSource source, Tensor output, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(output.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.of(values)
        .forEach(
            value -> {
              if (output.type() == DType.INT64) {
                bytes.putLong(value);
              } else {
                bytes.putInt(value);
              }
            });
    source.replace(
        output.withConstant(
            output.shape(), output.type(), Optional.empty(), ConstantBytes.of(bytes.array())));
    return List.of();
  }

  /**
   * One value everywhere, such as the zeros in which a recurrent layer begins. The value's type and
   * quantization are the output's: TensorFlow Lite demands it.
   */
  static List<Op> fill(OperatorSource source) {
    source.requireOperands(2, 2);
    int[] stated = source.constantInts(0, "shape");
    Tensor value = source.constant(1, "value");
    if (value.shape().elements() != 1) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "fills with " + value.shape() + " values and not one",
          FlatFileDecoder.DAMAGED);
    }
    List<Integer> dims = new ArrayList<>();
    Arrays.stream(stated).forEach(dims::add);
    Shape shape = TensorImporter.shape(value, dims);
    source.charge(shape, value.type());
    byte[] element = value.data().orElseThrow().toBytes();
    byte[] all = new byte[shape.elements() * element.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = element[i % element.length];
    }
    source.define(value, shape, ConstantBytes.of(all));
    return List.of();
  }
}
