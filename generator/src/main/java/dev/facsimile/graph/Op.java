// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An operator. Operands are tensors by id; {@link #inputs()} lists them in the order of the
 * record's components, absent optional ones left out. Semantics are those of the TensorFlow Lite
 * operator of the same name unless said otherwise.
 */
public sealed interface Op
    permits Conv2d,
        DepthwiseConv2d,
        TransposeConv,
        BatchMatMul,
        FullyConnected,
        Lstm,
        Binary,
        Unary,
        Lookup,
        PRelu,
        Pool2d,
        Resize,
        Reduce,
        ArgMax,
        Pad,
        Concat,
        Reshape,
        Transpose,
        Slice,
        Gather,
        L2Normalization,
        Softmax,
        Quantize,
        Dequantize {

  List<TensorId> inputs();

  TensorId output();

  /**
   * The same operator on other tensors: {@code rename} is applied to every operand and to the
   * output.
   */
  Op withTensors(UnaryOperator<TensorId> rename);

  <R> R accept(Visitor<R> visitor);

  /**
   * The operator's name in TensorFlow Lite's spelling, as users read it in diagnostics: CONV_2D.
   */
  String kind();

  /**
   * One method an operator and no defaults: a new operator breaks every visitor at compile time, on
   * purpose.
   */
  interface Visitor<R> {
    R visitConv2d(Conv2d op);

    R visitDepthwiseConv2d(DepthwiseConv2d op);

    R visitTransposeConv(TransposeConv op);

    R visitBatchMatMul(BatchMatMul op);

    R visitFullyConnected(FullyConnected op);

    R visitLstm(Lstm op);

    R visitBinary(Binary op);

    R visitUnary(Unary op);

    R visitLookup(Lookup op);

    R visitPRelu(PRelu op);

    R visitPool2d(Pool2d op);

    R visitResize(Resize op);

    R visitReduce(Reduce op);

    R visitArgMax(ArgMax op);

    R visitPad(Pad op);

    R visitConcat(Concat op);

    R visitReshape(Reshape op);

    R visitTranspose(Transpose op);

    R visitSlice(Slice op);

    R visitGather(Gather op);

    R visitL2Normalization(L2Normalization op);

    R visitSoftmax(Softmax op);

    R visitQuantize(Quantize op);

    R visitDequantize(Dequantize op);
  }

  /** {@code operands} and, where present, {@code last}. */
  static List<TensorId> withOptional(List<TensorId> operands, Optional<TensorId> last) {
    List<TensorId> all = new ArrayList<>(operands.size() + 1); // of no more garbage than needed
    all.addAll(operands);
    last.ifPresent(all::add);
    return List.copyOf(all);
  }
}
