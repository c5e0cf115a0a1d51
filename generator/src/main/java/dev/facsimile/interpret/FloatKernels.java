// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.StridedView;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import dev.facsimile.quantize.AffineMapping;
import dev.facsimile.quantize.RequantizeParameters;
import java.util.Arrays;
import java.util.List;

/** Makes every operator of a float graph ready. Tensors of integer type hold their codes. */
final class FloatKernels implements Op.Visitor<Kernel<float[]>> {
  private final Graph graph;

  FloatKernels(Graph graph) {
    this.graph = graph;
  }

  @Override
  public Kernel<float[]> visitConv2d(Conv2d op) {
    return FloatConvolution.of(graph, op);
  }

  @Override
  public Kernel<float[]> visitDepthwiseConv2d(DepthwiseConv2d op) {
    return FloatDepthwise.of(graph, op);
  }

  @Override
  public Kernel<float[]> visitTransposeConv(TransposeConv op) {
    return new FloatTransposeConv(graph, op);
  }

  @Override
  public Kernel<float[]> visitFullyConnected(FullyConnected op) {
    return FloatFullyConnected.of(graph, op);
  }

  @Override
  public Kernel<float[]> visitLstm(Lstm op) {
    return new FloatLstm(graph, op);
  }

  @Override
  public Kernel<float[]> visitBinary(Binary op) {
    return elementwise(op.a(), op.b(), op.output(), FloatFunctions.of(op));
  }

  @Override
  public Kernel<float[]> visitUnary(Unary op) {
    return elementwise(FloatFunctions.of(op));
  }

  @Override
  public Kernel<float[]> visitLookup(Lookup op) {
    byte[] table = op.table().toBytes();
    return elementwise(code -> table[(int) code - Byte.MIN_VALUE]);
  }

  @Override
  public Kernel<float[]> visitPRelu(PRelu op) {
    return elementwise(op.input(), op.alpha(), op.output(), FloatFunctions::prelu);
  }

  @Override
  public Kernel<float[]> visitPool2d(Pool2d op) {
    return FloatPool.of(graph, op);
  }

  @Override
  public Kernel<float[]> visitResize(Resize op) {
    return switch (op.function()) {
      case RESIZE_BILINEAR -> Resizing.floatBilinear(graph, op);
      case RESIZE_NEAREST_NEIGHBOR -> Resizing.nearest(graph, op, 1);
    };
  }

  @Override
  public Kernel<float[]> visitReduce(Reduce op) {
    Shape shape = graph.tensor(op.input()).shape();
    int[] targets = IndexMaps.reduction(shape, op.axes());
    int elements = op.axes().stream().mapToInt(shape::dim).reduce(1, (a, b) -> a * b);
    return switch (op.function()) {
      case MEAN -> (inputs, output) -> FloatFunctions.sum(inputs.get(0), targets, elements, output);
      case SUM -> (inputs, output) -> FloatFunctions.sum(inputs.get(0), targets, 1, output);
      case REDUCE_MAX -> (inputs, output) -> FloatFunctions.max(inputs.get(0), targets, output);
      case REDUCE_MIN -> (inputs, output) -> FloatFunctions.min(inputs.get(0), targets, output);
    };
  }

  @Override
  public Kernel<float[]> visitArgMax(ArgMax op) {
    int[] targets = IndexMaps.reduction(graph.tensor(op.input()).shape(), List.of(op.axis()));
    boolean largest = op.function() == ArgMax.Kind.ARG_MAX;
    return (inputs, output) -> FloatFunctions.argMax(inputs.get(0), targets, largest, output);
  }

  @Override
  public Kernel<float[]> visitPad(Pad op) {
    Tensor output = graph.tensor(op.output());
    float value = output.type().isFloat() ? op.value() : AffineMapping.code(op.value(), output);
    return Moves.pad(graph, op, 1, contents -> Arrays.fill(contents, value));
  }

  @Override
  public Kernel<float[]> visitConcat(Concat op) {
    return Moves.concat(graph, op, 1);
  }

  @Override
  public Kernel<float[]> visitReshape(Reshape op) {
    return Moves.reshape();
  }

  @Override
  public Kernel<float[]> visitTranspose(Transpose op) {
    return rearrange(op);
  }

  @Override
  public Kernel<float[]> visitSlice(Slice op) {
    return rearrange(op);
  }

  @Override
  public Kernel<float[]> visitGather(Gather op) {
    return Moves.gather(graph, op, 1);
  }

  @Override
  public Kernel<float[]> visitBatchMatMul(BatchMatMul op) {
    return MatrixProducts.ofFloats(graph, op);
  }

  @Override
  public Kernel<float[]> visitL2Normalization(L2Normalization op) {
    return MatrixProducts.normalization(graph.tensor(op.input()).shape().channels());
  }

  @Override
  public Kernel<float[]> visitSoftmax(Softmax op) {
    int depth = graph.tensor(op.input()).shape().channels();
    return (inputs, output) -> {
      for (int offset = 0; offset < output.length; offset += depth) {
        FloatFunctions.softmax(inputs.get(0), output, offset, depth, op.beta());
      }
    };
  }

  @Override
  public Kernel<float[]> visitQuantize(Quantize op) {
    Tensor input = graph.tensor(op.input());
    Tensor output = graph.tensor(op.output());
    if (!input.type().isFloat()) {
      RequantizeParameters parameters = RequantizeParameters.of(input, output);
      return elementwise(code -> parameters.apply((int) code));
    }
    return elementwise(real -> AffineMapping.code(real, output));
  }

  @Override
  public Kernel<float[]> visitDequantize(Dequantize op) {
    Tensor input = graph.tensor(op.input());
    if (input.type().isFloat()) {
      return Moves.reshape();
    }
    Quantization quantization = input.quantization().orElseThrow();
    if (quantization instanceof Quantization.PerTensor whole) {
      return elementwise(code -> whole.scale() * (code - whole.zeroPoint()));
    }
    Quantization.PerChannel scales = (Quantization.PerChannel) quantization;
    int stride = input.shape().strides()[scales.axis()];
    int channels = input.shape().dim(scales.axis());
    return (inputs, output) -> {
      for (int i = 0; i < output.length; i++) {
        output[i] = inputs.get(0)[i] * scales.scale(i / stride % channels);
      }
    };
  }

  private Kernel<float[]> rearrange(Op op) {
    return Moves.rearrange(StridedView.of(graph, op).orElseThrow(), 1);
  }

  private static Kernel<float[]> elementwise(FloatFunctions.OfOne function) {
    return (inputs, output) -> {
      float[] input = inputs.get(0);
      for (int i = 0; i < output.length; i++) {
        output[i] = function.apply(input[i]);
      }
    };
  }

  private Kernel<float[]> elementwise(
      TensorId a, TensorId b, TensorId output, FloatFunctions.OfTwo function) {
    Shape shape = graph.tensor(output).shape();
    int[] indicesA = IndexMaps.broadcast(graph.tensor(a).shape(), shape);
    int[] indicesB = IndexMaps.broadcast(graph.tensor(b).shape(), shape);
    return (inputs, results) -> {
      float[] left = inputs.get(0);
      float[] right = inputs.get(1);
      for (int i = 0; i < results.length; i++) {
        results[i] = function.apply(left[indicesA[i]], right[indicesB[i]]);
      }
    };
  }
}
