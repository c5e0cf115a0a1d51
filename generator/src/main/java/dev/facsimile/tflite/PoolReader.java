// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.Window;
import dev.facsimile.report.DiagnosticCode;
import java.util.List;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;

/** Pooling over windows and reduction over axes. */
final class PoolReader {
  private PoolReader() {}

  private record Options(WindowReader.Moves moves, int kernelH, int kernelW, byte activation) {
    Options(Pool2DOptions o) {
      this(
          new WindowReader.Moves(o.padding(), o.strideH(), o.strideW(), 1, 1),
          o.filterHeight(),
          o.filterWidth(),
          o.fusedActivationFunction());
    }
  }

  static Op pool(OperatorSource source, Pool2d.Kind function) {
    source.requireOperands(1, 1);
    Options options =
        source.requiredOptions(BuiltinOptions.Pool2DOptions, new Pool2DOptions(), Options::new);
    Tensor input = source.input(0);
    Window window =
        WindowReader.read(
            source, input.shape(), options.kernelH(), options.kernelW(), options.moves());
    return new Pool2d(
        function, input.id(), source.outputId(), window, source.activation(options.activation()));
  }

  /**
   * The indices are int32 here, whether the file calls them int32 or int64: no axis is longer than
   * that.
   */
  static Op argMax(OperatorSource source, ArgMax.Kind function) {
    source.requireOperands(2, 2);
    Tensor input = source.input(0);
    Tensor output = source.output();
    int axis = source.constantAxis(1, input.shape().rank());
    if (output.type() != DType.INT32 && output.type() != DType.INT64) {
      throw source.reject(
          DiagnosticCode.TYPE_UNSUPPORTED,
          "its result is " + output.type() + " where INT32 or INT64 is due",
          FlatFileDecoder.DAMAGED);
    }
    source.replace(output.withType(DType.INT32, Quantization.PerTensor.IDENTITY));
    return new ArgMax(function, input.id(), output.id(), axis);
  }

  static Op reduce(OperatorSource source, Reduce.Kind function) {
    source.requireOperands(2, 2);
    boolean keepDims =
        source
            .options(BuiltinOptions.ReducerOptions, new ReducerOptions(), ReducerOptions::keepDims)
            .orElse(false);
    Tensor input = source.input(0);
    List<Integer> axes = source.axes(source.constantInts(1, "list of axes"), input.shape());
    return new Reduce(function, input.id(), source.outputId(), axes, keepDims);
  }
}
