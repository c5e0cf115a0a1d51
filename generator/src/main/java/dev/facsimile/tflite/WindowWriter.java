// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Window;
import dev.facsimile.tflite.FlatFileBuilder.Options;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptions;

/** Writes the operators that move a window over an image, and those that scale one. */
final class WindowWriter {
  private final GraphFile out;

  WindowWriter(GraphFile out) {
    this.out = out;
  }

  Void conv2d(Conv2d op) {
    PaddedInput input = padded(op.input(), op.window());
    Window window = op.window();
    boolean narrow = out.hasNarrowSums(op, op.bias());
    int options =
        BiasTypeOption.conv2d(
            out.builder(), input.padding(), window, GraphFile.activation(op.activation()), narrow);
    return out.write(
        BuiltinOperator.CONV_2D,
        narrow ? 8 : out.version(op.input(), 1, 3, 4),
        convolved(op, input.tensor(), op.filter(), op.bias()),
        out.index(op.output()),
        new Options(BuiltinOptions.Conv2DOptions, options));
  }

  Void depthwiseConv2d(DepthwiseConv2d op) {
    PaddedInput input = padded(op.input(), op.window());
    Window window = op.window();
    int options =
        DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
            out.builder(),
            input.padding(),
            window.strideW(),
            window.strideH(),
            op.multiplier(),
            GraphFile.activation(op.activation()),
            window.dilationW(),
            window.dilationH());
    if (out.hasNarrowSums(op, op.bias())) {
      throw GraphFile.unwritable(
          "an int16 depthwise convolution with 32-bit sums", "write the float network");
    }
    boolean dilated = window.dilationH() > 1 || window.dilationW() > 1;
    return out.write(
        BuiltinOperator.DEPTHWISE_CONV_2D,
        out.version(op.input(), dilated ? 2 : 1, 3, 5),
        convolved(op, input.tensor(), op.filter(), op.bias()),
        out.index(op.output()),
        new Options(BuiltinOptions.DepthwiseConv2DOptions, options));
  }

  Void transposeConv(TransposeConv op) {
    Window window = op.window();
    Shape output = out.tensor(op.output()).shape();
    byte padding =
        padding(output, window)
            .orElseThrow(
                () ->
                    GraphFile.unwritable(
                        "a transposed convolution whose padding is neither SAME nor VALID",
                        "cut the edges off behind the convolution"));
    boolean narrow = out.hasNarrowSums(op, op.bias());
    int options =
        BiasTypeOption.transposeConv(
            out.builder(), padding, window, GraphFile.activation(op.activation()), narrow);
    int plain = out.isInteger(op.input()) ? 2 : 1;
    List<Integer> operands = out.operands(out.index(op.input()), op.filter(), op.bias());
    // TensorFlow Lite's order: the output's shape, the filter, the input, the bias.
    Collections.swap(operands, 0, 1);
    operands.add(0, out.constant(Shape.of(4), output.toArray()));
    return out.write(
        BuiltinOperator.TRANSPOSE_CONV,
        narrow ? 5 : op.activation() != Activation.NONE ? 4 : op.bias().isPresent() ? 3 : plain,
        operands,
        out.index(op.output()),
        new Options(BuiltinOptions.TransposeConvOptions, options));
  }

  Void pool2d(Pool2d op) {
    Window window = op.window();
    byte padding =
        padding(out.tensor(op.input()).shape(), window)
            .orElseThrow(
                () ->
                    GraphFile.unwritable(
                        "a pooling window whose padding is neither SAME nor VALID",
                        "pad the image in front of the pooling"));
    int options =
        Pool2DOptions.createPool2DOptions(
            out.builder(),
            padding,
            window.strideW(),
            window.strideH(),
            window.kernelW(),
            window.kernelH(),
            GraphFile.activation(op.activation()));
    return out.write(
        op.function() == Pool2d.Kind.MAX_POOL_2D
            ? BuiltinOperator.MAX_POOL_2D
            : BuiltinOperator.AVERAGE_POOL_2D,
        out.version(op.output(), 1, 2, 3),
        List.of(out.index(op.input())),
        out.index(op.output()),
        new Options(BuiltinOptions.Pool2DOptions, options));
  }

  Void resize(Resize op) {
    boolean bilinear = op.function() == Resize.Kind.RESIZE_BILINEAR;
    int options =
        bilinear
            ? ResizeBilinearOptions.createResizeBilinearOptions(
                out.builder(), op.alignCorners(), op.halfPixelCenters())
            : ResizeNearestNeighborOptions.createResizeNearestNeighborOptions(
                out.builder(), op.alignCorners(), op.halfPixelCenters());
    boolean third = op.halfPixelCenters() || (!bilinear && op.alignCorners());
    int version = out.version(op.output(), third ? 3 : 1, third ? 3 : 2, 4);
    return out.write(
        bilinear ? BuiltinOperator.RESIZE_BILINEAR : BuiltinOperator.RESIZE_NEAREST_NEIGHBOR,
        version,
        List.of(out.index(op.input()), out.constant(Shape.of(2), op.height(), op.width())),
        out.index(op.output()),
        new Options(
            bilinear
                ? BuiltinOptions.ResizeBilinearOptions
                : BuiltinOptions.ResizeNearestNeighborOptions,
            options));
  }

  /** Tensor a window reads, and how it is padded still. */
  private record PaddedInput(int tensor, byte padding) {}

  private PaddedInput padded(TensorId input, Window window) {
    Optional<Byte> known = padding(out.tensor(input).shape(), window);
    if (known.isPresent()) {
      return new PaddedInput(out.index(input), known.get());
    }
    Tensor tensor = out.tensor(input);
    List<Integer> before = List.of(0, window.padTop(), window.padLeft(), 0);
    List<Integer> after = List.of(0, window.padBottom(), window.padRight(), 0);
    Shape shape =
        Shape.of(
            tensor.shape().dim(0),
            tensor.shape().dim(1) + window.padTop() + window.padBottom(),
            tensor.shape().dim(2) + window.padLeft() + window.padRight(),
            tensor.shape().dim(3));
    int target = out.file().tensor(tensor.withShape(shape));
    out.pad(input, before, after, target);
    return new PaddedInput(target, Padding.VALID);
  }

  private static Optional<Byte> padding(Shape shape, Window window) {
    if (!window.hasPadding()) {
      return Optional.of(Padding.VALID);
    }
    Window same =
        Window.same(
            shape.dim(1),
            shape.dim(2),
            window.kernelH(),
            window.kernelW(),
            window.strideH(),
            window.strideW(),
            window.dilationH(),
            window.dilationW());
    return window.equals(same) ? Optional.of(Padding.SAME) : Optional.empty();
  }

  /** TensorFlow Lite's convolutions insist on a bias: zeros, which change no result. */
  private List<Integer> convolved(Op op, int input, TensorId filter, Optional<TensorId> bias) {
    List<Integer> operands = out.operands(input, filter, bias);
    if (bias.isEmpty()) {
      Shape shape = Shape.of(out.tensor(op.output()).shape().channels());
      boolean integer = out.isInteger(op.output());
      // The same bytes are the int32 and the float zeros.
      ConstantBytes zeros = ConstantBytes.ofInts(new int[shape.elements()]);
      DType type = integer ? DType.INT32 : DType.FLOAT32;
      Tensor tensor = Tensor.constant(new TensorId(0), "", shape, type, zeros);
      operands.add(
          out.file()
              .tensor(
                  integer
                      ? tensor.withType(type, BiasQuantization.ofProducts(op, out.graph()))
                      : tensor));
    }
    return operands;
  }
}
