// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

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
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import dev.facsimile.quantize.LookupTables;
import dev.facsimile.quantize.SoftmaxParameters;
import java.util.List;

/** The kernel calls that compute one operator; none where its output is already in place. */
final class SelectKernels implements Op.Visitor<List<KernelCall>> {
  private final CallContext context;

  SelectKernels(CallContext context) {
    this.context = context;
  }

  @Override
  public List<KernelCall> visitConv2d(Conv2d op) {
    return List.of(new WindowCalls(context).conv2d(op));
  }

  @Override
  public List<KernelCall> visitDepthwiseConv2d(DepthwiseConv2d op) {
    return List.of(new WindowCalls(context).depthwiseConv2d(op));
  }

  @Override
  public List<KernelCall> visitTransposeConv(TransposeConv op) {
    return List.of(new WindowCalls(context).transposeConv(op));
  }

  @Override
  public List<KernelCall> visitFullyConnected(FullyConnected op) {
    return List.of(new WindowCalls(context).fullyConnected(op));
  }

  @Override
  public List<KernelCall> visitPool2d(Pool2d op) {
    return List.of(new WindowCalls(context).pool2d(op));
  }

  @Override
  public List<KernelCall> visitLstm(Lstm op) {
    return List.of(new RecurrentCalls(context).lstm(op));
  }

  @Override
  public List<KernelCall> visitBinary(Binary op) {
    return List.of(new BinaryCalls(context).call(op));
  }

  @Override
  public List<KernelCall> visitResize(Resize op) {
    return List.of(new ResizeCalls(context).call(op));
  }

  @Override
  public List<KernelCall> visitReduce(Reduce op) {
    return List.of(new ReduceCalls(context).call(op));
  }

  @Override
  public List<KernelCall> visitArgMax(ArgMax op) {
    return List.of(new ReduceCalls(context).call(op));
  }

  @Override
  public List<KernelCall> visitPad(Pad op) {
    return List.of(new MoveCalls(context).pad(op));
  }

  @Override
  public List<KernelCall> visitConcat(Concat op) {
    return new MoveCalls(context).concat(op);
  }

  @Override
  public List<KernelCall> visitReshape(Reshape op) {
    return new MoveCalls(context).reshape(op);
  }

  @Override
  public List<KernelCall> visitTranspose(Transpose op) {
    return new MoveCalls(context).rearrange(op, op.input());
  }

  @Override
  public List<KernelCall> visitSlice(Slice op) {
    return new MoveCalls(context).rearrange(op, op.input());
  }

  @Override
  public List<KernelCall> visitGather(Gather op) {
    return List.of(new MoveCalls(context).gather(op));
  }

  @Override
  public List<KernelCall> visitUnary(Unary op) {
    if (context.tensor(op.output()).type() == DType.INT16) {
      return List.of(new WideCalls(context).call(op));
    }
    return List.of(lookup(op, LookupTables.of(context.graph(), op)));
  }

  @Override
  public List<KernelCall> visitLookup(Lookup op) {
    return List.of(lookup(op, op.table().toBytes()));
  }

  @Override
  public List<KernelCall> visitQuantize(Quantize op) {
    boolean fromInt8 = context.tensor(op.input()).type() == DType.INT8;
    boolean toInt8 = context.tensor(op.output()).type() == DType.INT8;
    if (fromInt8 && toInt8) {
      return List.of(lookup(op, LookupTables.of(context.graph(), op)));
    }
    return List.of(new WideCalls(context).call(op));
  }

  private KernelCall lookup(Op op, byte[] table) {
    String note = "%s of code - 128".formatted(op.kind());
    return new KernelCall(
        Kernel.LUT,
        new ParameterList().put("count", context.tensor(op.output()).bytes()).build(),
        List.of(
            context.operand(op.inputs().get(0), "input"),
            context.int8("table", ConstantBytes.of(table), note),
            context.output(op)));
  }

  @Override
  public List<KernelCall> visitPRelu(PRelu op) {
    return List.of(new PReluCalls(context).call(op));
  }

  @Override
  public List<KernelCall> visitBatchMatMul(BatchMatMul op) {
    return List.of(new MatrixCalls(context).batchMatMul(op));
  }

  @Override
  public List<KernelCall> visitL2Normalization(L2Normalization op) {
    return List.of(new MatrixCalls(context).l2Normalization(op));
  }

  @Override
  public List<KernelCall> visitSoftmax(Softmax op) {
    if (context.tensor(op.output()).type() == DType.INT16) {
      return List.of(new WideCalls(context).call(op));
    }
    Shape shape = context.tensor(op.input()).shape();
    if (shape.channels() > SoftmaxParameters.MAX_DEPTH) {
      throw context.unsupported(
          op,
          "softmax over %s values".formatted(shape.channels()),
          "the integer kernel takes at most " + SoftmaxParameters.MAX_DEPTH);
    }
    int[] table = SoftmaxParameters.of(context.graph(), op).toTable();
    return List.of(
        new KernelCall(
            Kernel.SOFTMAX,
            new ParameterList()
                .put("rows", shape.elements() / shape.channels())
                .put("depth", shape.channels())
                .build(),
            List.of(
                context.operand(op.input(), "input"),
                context.int32("exponentials", table, "exp of minus the index, Q0.31"),
                context.output(op))));
  }

  @Override
  public List<KernelCall> visitDequantize(Dequantize op) {
    throw new IllegalStateException(
        "DEQUANTIZE in an integer graph: " + CallContext.location(context.graph(), op));
  }
}
