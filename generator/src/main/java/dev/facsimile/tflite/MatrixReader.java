// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.DiagnosticCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BatchMatMulOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.FullyConnectedOptionsWeightsFormat;
import org.tensorflow.lite.schema.L2NormOptions;

/** FULLY_CONNECTED, BATCH_MATMUL and L2_NORMALIZATION. */
final class MatrixReader {
  private MatrixReader() {}

  private record Options(byte activation, byte format, boolean keepAxes) {}

  static Op fullyConnected(OperatorSource source) {
    source.requireOperands(2, 3);
    Options options =
        source.requiredOptions(
            BuiltinOptions.FullyConnectedOptions,
            new FullyConnectedOptions(),
            o -> new Options(o.fusedActivationFunction(), o.weightsFormat(), o.keepNumDims()));
    if (options.format() != FullyConnectedOptionsWeightsFormat.DEFAULT) {
      throw source.reject(
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "its weights are shuffled for a certain processor",
          "convert the network with weights in the default format");
    }
    Tensor input = source.input(0);
    Tensor matrix = source.constant(1, "weights");
    requireShapes(source, input.shape(), matrix.shape(), options.keepAxes());
    Activation activation = source.activation(options.activation());
    boolean narrow =
        source.requiredOptions(
            BuiltinOptions.FullyConnectedOptions,
            new BiasTypeOption(),
            o -> o.isNarrow(BiasTypeOption.IN_FULLY_CONNECTED));
    TensorId used = source.weights().ofFullyConnected(source, input, matrix);
    Optional<TensorId> bias = source.weights().bias(source, input, 2, narrow);
    return new FullyConnected(input.id(), used, bias, source.outputId(), activation);
  }

  private record Adjoints(boolean a, boolean b) {}

  static Op batchMatMul(OperatorSource source) {
    source.requireOperands(2, 2);
    Adjoints adjoints =
        source
            .options(
                BuiltinOptions.BatchMatMulOptions,
                new BatchMatMulOptions(),
                o -> new Adjoints(o.adjX(), o.adjY()))
            .orElse(new Adjoints(false, false));
    Tensor a = source.input(0);
    Tensor b = source.input(1);
    boolean stored = b.isConstant() && a.type() == DType.FLOAT32 && b.type() != DType.FLOAT32;
    TensorId used = stored ? source.weights().ofFullyConnected(source, a, b) : b.id();
    return new BatchMatMul(a.id(), used, source.outputId(), adjoints.a(), adjoints.b());
  }

  static Op l2Normalization(OperatorSource source) {
    source.requireOperands(1, 1);
    byte stated =
        source
            .options(
                BuiltinOptions.L2NormOptions,
                new L2NormOptions(),
                L2NormOptions::fusedActivationFunction)
            .orElse(ActivationFunctionType.NONE);
    if (source.activation(stated) != Activation.NONE) {
      throw source.reject(
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "a fused activation is not defined for it",
          "write the activation as an operator of its own");
    }
    return new L2Normalization(source.input(0).id(), source.outputId());
  }

  private static void requireShapes(
      OperatorSource source, Shape input, Shape matrix, boolean keepAxes) {
    if (matrix.rank() != 2 || input.elements() % matrix.dim(1) != 0) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "weights " + matrix + " do not fit the input " + input,
          FlatFileDecoder.DAMAGED);
    }
    List<Integer> dims = new ArrayList<>();
    if (keepAxes && input.rank() > 0 && input.dim(-1) == matrix.dim(1)) {
      dims.addAll(input.dims().subList(0, input.rank() - 1));
    } else {
      dims.add(input.elements() / matrix.dim(1));
    }
    dims.add(matrix.dim(0));
    source.requireYields(0, dims);
  }
}
