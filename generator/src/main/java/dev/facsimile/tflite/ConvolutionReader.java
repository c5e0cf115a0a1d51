// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Window;
import dev.facsimile.report.DiagnosticCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.TransposeConvOptions;

/** CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV. */
final class ConvolutionReader {
  private ConvolutionReader() {}

  private record Options(WindowReader.Moves moves, byte activation) {
    Options(Conv2DOptions o) {
      this(
          new WindowReader.Moves(
              o.padding(), o.strideH(), o.strideW(), o.dilationHFactor(), o.dilationWFactor()),
          o.fusedActivationFunction());
    }

    Options(TransposeConvOptions o) {
      this(
          new WindowReader.Moves(o.padding(), o.strideH(), o.strideW(), 1, 1),
          o.fusedActivationFunction());
    }

    Options(DepthwiseConv2DOptions o) {
      this(
          new WindowReader.Moves(
              o.padding(), o.strideH(), o.strideW(), o.dilationHFactor(), o.dilationWFactor()),
          o.fusedActivationFunction());
    }
  }

  static List<Op> conv2d(OperatorSource source) {
    source.requireOperands(2, 3);
    Options options =
        source.requiredOptions(BuiltinOptions.Conv2DOptions, new Conv2DOptions(), Options::new);
    Tensor input = source.input(0);
    Tensor filter = filter(source);
    Window window = window(source, input.shape(), filter.shape(), options);
    Activation activation = source.activation(options.activation());
    boolean narrow =
        source.requiredOptions(
            BuiltinOptions.Conv2DOptions,
            new BiasTypeOption(),
            o -> o.isNarrow(BiasTypeOption.IN_CONV_2D));
    TensorId used = source.weights().of(source, input, filter, 0);
    Optional<TensorId> bias = source.weights().bias(source, input, 2, narrow);
    Conv2d whole = new Conv2d(input.id(), used, bias, source.outputId(), window, activation);
    return GroupedConvolution.is(input.shape(), filter.shape())
        ? GroupedConvolution.operators(source, whole)
        : List.of(whole);
  }

  static Op depthwiseConv2d(OperatorSource source) {
    source.requireOperands(2, 3);
    Options options =
        source.requiredOptions(
            BuiltinOptions.DepthwiseConv2DOptions, new DepthwiseConv2DOptions(), Options::new);
    Tensor input = source.input(0);
    Tensor filter = filter(source);
    Window window = window(source, input.shape(), filter.shape(), options);
    // As TensorFlow Lite does: the shapes decide; many writers leave the option at 0 or 1.
    int multiplier = filter.shape().dim(3) / input.shape().channels();
    if (multiplier < 1) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "filter " + filter.shape() + " has fewer channels than the input " + input.shape(),
          FlatFileDecoder.DAMAGED);
    }
    Activation activation = source.activation(options.activation());
    TensorId used = source.weights().of(source, input, filter, 3);
    Optional<TensorId> bias = source.weights().bias(source, input, 2, false);
    return new DepthwiseConv2d(
        input.id(), used, bias, source.outputId(), window, multiplier, activation);
  }

  static Op transposeConv(OperatorSource source) {
    source.requireOperands(3, 4);
    Options options =
        source.requiredOptions(
            BuiltinOptions.TransposeConvOptions, new TransposeConvOptions(), Options::new);
    int[] size = source.constantInts(0, "output shape");
    Tensor filter = filter(source);
    Tensor input = source.input(2);
    if (!Arrays.equals(size, source.output().shape().toArray()) || size.length != 4) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "yields " + Arrays.toString(size) + " but the file says " + source.output().shape(),
          FlatFileDecoder.DAMAGED);
    }
    Window window = window(source, source.output().shape(), filter.shape(), options);
    Activation activation = source.activation(options.activation());
    boolean narrow =
        source.requiredOptions(
            BuiltinOptions.TransposeConvOptions,
            new BiasTypeOption(),
            o -> o.isNarrow(BiasTypeOption.IN_TRANSPOSE_CONV));
    TensorId used = source.weights().of(source, input, filter, 0);
    Optional<TensorId> bias = source.weights().bias(source, input, 3, narrow);
    return new TransposeConv(
        input.id(), used, bias, source.outputId(), window, size[1], size[2], activation);
  }

  private static Tensor filter(OperatorSource source) {
    Tensor filter = source.constant(1, "filter");
    if (filter.shape().rank() != 4) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "filter has the shape " + filter.shape() + " and not four axes",
          FlatFileDecoder.DAMAGED);
    }
    return filter;
  }

  private static Window window(OperatorSource source, Shape input, Shape filter, Options options) {
    return WindowReader.read(source, input, filter.dim(1), filter.dim(2), options.moves());
  }
}
