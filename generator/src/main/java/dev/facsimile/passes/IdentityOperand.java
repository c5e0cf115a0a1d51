// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.ConstantValues;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
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
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import java.util.Optional;
import java.util.stream.IntStream;

/** The operand an operator gives back unchanged, for operators that do. */
final class IdentityOperand implements Op.Visitor<Optional<TensorId>> {
  private final Graph graph;
  private final ConstantValues constants;

  IdentityOperand(Graph graph) {
    this.graph = graph;
    this.constants = ConstantValues.of(graph);
  }

  @Override
  public Optional<TensorId> visitConv2d(Conv2d op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitDepthwiseConv2d(DepthwiseConv2d op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitTransposeConv(TransposeConv op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitFullyConnected(FullyConnected op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitLstm(Lstm op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitBinary(Binary op) {
    if (op.activation() != Activation.NONE || graph.tensor(op.output()).type() != DType.FLOAT32) {
      return Optional.empty();
    }
    double neutral =
        switch (op.function()) {
          case ADD, SUB -> 0;
          case MUL, DIV -> 1;
          case MAXIMUM -> Double.NEGATIVE_INFINITY;
          case MINIMUM -> Double.POSITIVE_INFINITY;
          case SQUARED_DIFFERENCE -> Double.NaN; // none: no constant equals it
        };
    boolean commutes = op.function() == Binary.Kind.ADD || op.function() == Binary.Kind.MUL;
    if (constants.isAll(op.b(), neutral)) {
      return ifSame(op.a(), op.output());
    }
    return commutes && constants.isAll(op.a(), neutral)
        ? ifSame(op.b(), op.output())
        : Optional.empty();
  }

  @Override
  public Optional<TensorId> visitUnary(Unary op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitLookup(Lookup op) {
    return isIdentity(op.table()) ? ifSame(op.input(), op.output()) : Optional.empty();
  }

  @Override
  public Optional<TensorId> visitPRelu(PRelu op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitPool2d(Pool2d op) {
    Window window = op.window();
    boolean onePixel =
        window.kernelH() == 1
            && window.kernelW() == 1
            && window.strideH() == 1
            && window.strideW() == 1
            && !window.hasPadding();
    return onePixel && op.activation() == Activation.NONE
        ? ifSame(op.input(), op.output())
        : Optional.empty();
  }

  @Override
  public Optional<TensorId> visitResize(Resize op) {
    // With both, the nearest pixel of i is that of i + 1/2 rounded up: the next one.
    return op.alignCorners() && op.halfPixelCenters()
        ? Optional.empty()
        : ifSame(op.input(), op.output());
  }

  @Override
  public Optional<TensorId> visitReduce(Reduce op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitArgMax(ArgMax op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitPad(Pad op) {
    return ifSame(op.input(), op.output());
  }

  @Override
  public Optional<TensorId> visitConcat(Concat op) {
    return op.inputs().size() == 1 && op.activation() == Activation.NONE
        ? ifSame(op.inputs().get(0), op.output())
        : Optional.empty();
  }

  @Override
  public Optional<TensorId> visitReshape(Reshape op) {
    return ifSame(op.input(), op.output());
  }

  @Override
  public Optional<TensorId> visitTranspose(Transpose op) {
    boolean ordered = op.permutation().equals(op.permutation().stream().sorted().toList());
    return ordered ? ifSame(op.input(), op.output()) : Optional.empty();
  }

  @Override
  public Optional<TensorId> visitSlice(Slice op) {
    boolean forwards = op.stride().stream().allMatch(stride -> stride == 1);
    return forwards ? ifSame(op.input(), op.output()) : Optional.empty();
  }

  @Override
  public Optional<TensorId> visitGather(Gather op) {
    return isWhole(op) ? ifSame(op.input(), op.output()) : Optional.empty();
  }

  @Override
  public Optional<TensorId> visitBatchMatMul(BatchMatMul op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitL2Normalization(L2Normalization op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitSoftmax(Softmax op) {
    return Optional.empty();
  }

  @Override
  public Optional<TensorId> visitQuantize(Quantize op) {
    return ifSame(op.input(), op.output());
  }

  @Override
  public Optional<TensorId> visitDequantize(Dequantize op) {
    return Optional.empty();
  }

  private static boolean isIdentity(ConstantBytes table) {
    byte[] codes = table.toBytes();
    return IntStream.range(0, codes.length).allMatch(i -> codes[i] == i + Byte.MIN_VALUE);
  }

  private boolean isWhole(Gather op) {
    int extent = graph.tensor(op.input()).shape().dim(op.axis());
    return op.indices().equals(IntStream.range(0, extent).boxed().toList());
  }

  /** The operand, if output and operand agree in all that gives elements their meaning. */
  private Optional<TensorId> ifSame(TensorId operand, TensorId output) {
    Tensor in = graph.tensor(operand);
    Tensor out = graph.tensor(output);
    boolean same =
        in.shape().equals(out.shape())
            && in.type() == out.type()
            && in.quantization().equals(out.quantization());
    return same ? Optional.of(operand) : Optional.empty();
  }
}
