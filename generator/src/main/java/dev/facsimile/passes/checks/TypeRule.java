// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.checks;

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

/** Whether an operator may make this output type of these operand types. */
final class TypeRule implements Op.Visitor<Boolean> {
  private final List<DType> operands;
  private final DType output;

  TypeRule(List<DType> operands, DType output) {
    this.operands = operands;
    this.output = output;
  }

  @Override
  public Boolean visitConv2d(Conv2d op) {
    return weighted();
  }

  @Override
  public Boolean visitDepthwiseConv2d(DepthwiseConv2d op) {
    return weighted();
  }

  @Override
  public Boolean visitTransposeConv(TransposeConv op) {
    return weighted();
  }

  @Override
  public Boolean visitFullyConnected(FullyConnected op) {
    return weighted();
  }

  @Override
  public Boolean visitLstm(Lstm op) {
    boolean fine = operands.get(0) == output;
    DType bias = output == DType.INT8 ? DType.INT32 : output;
    for (int i = 1; i < operands.size(); i++) {
      fine &= operands.get(i) == (i % 3 == 0 ? bias : output);
    }
    return fine;
  }

  @Override
  public Boolean visitBinary(Binary op) {
    return allEqual();
  }

  @Override
  public Boolean visitUnary(Unary op) {
    return allEqual();
  }

  @Override
  public Boolean visitLookup(Lookup op) {
    return allEqual() && output == DType.INT8;
  }

  @Override
  public Boolean visitPRelu(PRelu op) {
    return allEqual();
  }

  @Override
  public Boolean visitPool2d(Pool2d op) {
    return allEqual();
  }

  @Override
  public Boolean visitResize(Resize op) {
    return allEqual();
  }

  @Override
  public Boolean visitReduce(Reduce op) {
    return allEqual();
  }

  @Override
  public Boolean visitArgMax(ArgMax op) {
    return output == DType.INT32;
  }

  @Override
  public Boolean visitPad(Pad op) {
    return allEqual();
  }

  @Override
  public Boolean visitConcat(Concat op) {
    return allEqual();
  }

  @Override
  public Boolean visitReshape(Reshape op) {
    return allEqual();
  }

  @Override
  public Boolean visitTranspose(Transpose op) {
    return allEqual();
  }

  @Override
  public Boolean visitSlice(Slice op) {
    return allEqual();
  }

  @Override
  public Boolean visitGather(Gather op) {
    return allEqual();
  }

  @Override
  public Boolean visitBatchMatMul(BatchMatMul op) {
    return allEqual();
  }

  @Override
  public Boolean visitL2Normalization(L2Normalization op) {
    return allEqual();
  }

  @Override
  public Boolean visitSoftmax(Softmax op) {
    return allEqual();
  }

  @Override
  public Boolean visitQuantize(Quantize op) {
    return operands.get(0) != DType.FLOAT16 && !output.isFloat();
  }

  @Override
  public Boolean visitDequantize(Dequantize op) {
    return operands.get(0) != DType.FLOAT32 && output == DType.FLOAT32;
  }

  private boolean allEqual() {
    return operands.stream().allMatch(operand -> operand == output);
  }

  /** Float all through, or int8 weights with a bias as wide as the accumulator. */
  private boolean weighted() {
    DType input = operands.get(0);
    if (input != output) {
      return false;
    }
    DType weights = input == DType.INT16 ? DType.INT8 : input;
    boolean biasFits =
        operands.size() < 3
            || switch (input) {
              case FLOAT32 -> operands.get(2) == DType.FLOAT32;
              case INT8 -> operands.get(2) == DType.INT32;
              case INT16 -> operands.get(2) == DType.INT64 || operands.get(2) == DType.INT32;
              case FLOAT16, UINT8, INT32, INT64, BOOL -> false;
            };
    return operands.get(1) == weights && biasFits;
  }
}
