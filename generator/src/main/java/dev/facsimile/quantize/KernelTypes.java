// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Gather;
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
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import java.util.List;

/** The types of operands for which an operator has integer kernels, in Java and in C. */
public final class KernelTypes implements Op.Visitor<List<DType>> {
  private static final List<DType> INT8 = List.of(DType.INT8);
  private static final List<DType> BOTH = List.of(DType.INT8, DType.INT16);

  /** Indices may be moved, too. */
  private static final List<DType> MOVED = List.of(DType.INT8, DType.INT16, DType.INT32);

  private KernelTypes() {}

  /** Empty where the operator has no integer kernel at all. */
  public static List<DType> of(Op op) {
    return op.accept(new KernelTypes());
  }

  @Override
  public List<DType> visitConv2d(Conv2d op) {
    return BOTH;
  }

  @Override
  public List<DType> visitDepthwiseConv2d(DepthwiseConv2d op) {
    return BOTH;
  }

  @Override
  public List<DType> visitTransposeConv(TransposeConv op) {
    return BOTH;
  }

  @Override
  public List<DType> visitFullyConnected(FullyConnected op) {
    return BOTH;
  }

  @Override
  public List<DType> visitLstm(Lstm op) {
    return INT8;
  }

  @Override
  public List<DType> visitBinary(Binary op) {
    return BOTH;
  }

  @Override
  public List<DType> visitUnary(Unary op) {
    return WideFunctions.has(op.function()) ? BOTH : INT8;
  }

  @Override
  public List<DType> visitLookup(Lookup op) {
    return INT8;
  }

  @Override
  public List<DType> visitPRelu(PRelu op) {
    return INT8;
  }

  @Override
  public List<DType> visitPool2d(Pool2d op) {
    return BOTH;
  }

  @Override
  public List<DType> visitReduce(Reduce op) {
    return BOTH;
  }

  @Override
  public List<DType> visitArgMax(ArgMax op) {
    return BOTH;
  }

  @Override
  public List<DType> visitPad(Pad op) {
    return BOTH;
  }

  @Override
  public List<DType> visitConcat(Concat op) {
    return MOVED;
  }

  @Override
  public List<DType> visitResize(Resize op) {
    return BOTH;
  }

  @Override
  public List<DType> visitReshape(Reshape op) {
    return MOVED;
  }

  @Override
  public List<DType> visitTranspose(Transpose op) {
    return MOVED;
  }

  @Override
  public List<DType> visitSlice(Slice op) {
    return MOVED;
  }

  @Override
  public List<DType> visitGather(Gather op) {
    return MOVED;
  }

  @Override
  public List<DType> visitBatchMatMul(BatchMatMul op) {
    return BOTH;
  }

  @Override
  public List<DType> visitL2Normalization(L2Normalization op) {
    return INT8;
  }

  @Override
  public List<DType> visitSoftmax(Softmax op) {
    return BOTH;
  }

  @Override
  public List<DType> visitQuantize(Quantize op) {
    return BOTH;
  }

  @Override
  public List<DType> visitDequantize(Dequantize op) {
    return List.of();
  }
}
