// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.Window;
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
