// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

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
import dev.facsimile.graph.Window;
import java.util.List;

/**
 * Replays the reads and writes of one operator on labels, in the worst order that the kernels'
 * contract allows: a window operator has written a whole row before it reads the row's taps; every
 * other output is whole before anything is read, unless it is exactly in the place of an operand.
 */
final class AccessReplay implements Op.Visitor<Void> {
  private final Graph graph;
  private final LabelledArena arena;

  AccessReplay(Graph graph, LabelledArena arena) {
    this.graph = graph;
    this.arena = arena;
  }

  @Override
  public Void visitConv2d(Conv2d op) {
    return window(op.input(), op.output(), op.window());
  }

  @Override
  public Void visitDepthwiseConv2d(DepthwiseConv2d op) {
    return window(op.input(), op.output(), op.window());
  }

  @Override
  public Void visitPool2d(Pool2d op) {
    return window(op.input(), op.output(), op.window());
  }

  private Void window(TensorId input, TensorId output, Window window) {
    arena.define(output);
    Shape in = graph.tensor(input).shape();
    Shape out = graph.tensor(output).shape();
    arena.requireAll(input);
    int rowBytes = out.dim(2) * out.dim(3) * graph.tensor(output).type().bytes();
    int row = 0;
    for (int n = 0; n < out.dim(0); n++) {
      for (int y = 0; y < out.dim(1); y++) {
        arena.write(output, row * rowBytes, rowBytes);
        row++;
        for (int x = 0; x < out.dim(2); x++) {
          int top = y * window.strideH() - window.padTop();
          int left = x * window.strideW() - window.padLeft();
          requireTaps(input, in, n, top, left, window);
        }
      }
    }
    arena.requireAll(output);
    return null;
  }

  private void requireTaps(TensorId input, Shape in, int n, int top, int left, Window window) {
    int pixelBytes = in.dim(3) * graph.tensor(input).type().bytes();
    for (int kh = 0; kh < window.kernelH(); kh++) {
      for (int kw = 0; kw < window.kernelW(); kw++) {
        int y = top + kh * window.dilationH();
        int x = left + kw * window.dilationW();
        if (y >= 0 && y < in.dim(1) && x >= 0 && x < in.dim(2)) {
          arena.require(input, ((n * in.dim(1) + y) * in.dim(2) + x) * pixelBytes, pixelBytes);
        }
      }
    }
  }

  @Override
  public Void visitTransposeConv(TransposeConv op) {
    return apart(op.input(), op.output());
  }

  @Override
  public Void visitFullyConnected(FullyConnected op) {
    return apart(op.input(), op.output());
  }

  @Override
  public Void visitLstm(Lstm op) {
    arena.overwrite(arena.scratch(op.output()));
    apart(op.input(), op.output());
    arena.overwrite(arena.scratch(op.output()));
    arena.requireAll(op.output());
    return null;
  }

  @Override
  public Void visitBinary(Binary op) {
    return elementwise(op, List.of(op.a(), op.b()));
  }

  @Override
  public Void visitUnary(Unary op) {
    return elementwise(op, List.of(op.input()));
  }

  @Override
  public Void visitLookup(Lookup op) {
    return elementwise(op, List.of(op.input()));
  }

  @Override
  public Void visitPRelu(PRelu op) {
    return elementwise(op, List.of(op.input(), op.alpha()));
  }

  @Override
  public Void visitQuantize(Quantize op) {
    return elementwise(op, List.of(op.input()));
  }

  /** An operand in the output's place is read element by element before it is overwritten. */
  private Void elementwise(Op op, List<TensorId> operands) {
    arena.define(op.output());
    int bytes = graph.tensor(op.output()).bytes();
    int element = graph.tensor(op.output()).type().bytes();
    Slot output = arena.slot(op.output());
    List<TensorId> activations =
        operands.stream().filter(id -> !graph.tensor(id).isConstant()).toList();
    activations.forEach(arena::requireAll);
    for (int i = 0; i < bytes; i += element) {
      for (TensorId operand : activations) {
        if (arena.slot(operand).equals(output)) {
          arena.require(operand, i, element);
        }
      }
      arena.write(op.output(), i, element);
    }
    for (TensorId operand : activations) {
      if (!arena.slot(operand).equals(output)) {
        arena.requireAll(operand);
      }
    }
    arena.requireAll(op.output());
    return null;
  }

  @Override
  public Void visitResize(Resize op) {
    return apart(op.input(), op.output());
  }

  @Override
  public Void visitReduce(Reduce op) {
    return apart(op.input(), op.output());
  }

  @Override
  public Void visitArgMax(ArgMax op) {
    return apart(op.input(), op.output());
  }

  @Override
  public Void visitPad(Pad op) {
    return apart(op.input(), op.output());
  }

  @Override
  public Void visitBatchMatMul(BatchMatMul op) {
    List<TensorId> operands =
        op.inputs().stream().filter(id -> !graph.tensor(id).isConstant()).toList();
    arena.define(op.output());
    operands.forEach(arena::requireAll);
    arena.writeAll(op.output());
    operands.forEach(arena::requireAll);
    return null;
  }

  @Override
  public Void visitL2Normalization(L2Normalization op) {
    return apart(op.input(), op.output());
  }

  @Override
  public Void visitSoftmax(Softmax op) {
    return elementwise(op, List.of(op.input()));
  }

  @Override
  public Void visitDequantize(Dequantize op) {
    return apart(op.input(), op.output());
  }

  /** No promise about the order: the input must survive the writing of the whole output. */
  private Void apart(TensorId input, TensorId output) {
    boolean constant = graph.tensor(input).isConstant();
    arena.define(output);
    if (!constant) {
      arena.requireAll(input);
    }
    arena.writeAll(output);
    if (!constant) {
      arena.requireAll(input);
    }
    return null;
  }

  @Override
  public Void visitReshape(Reshape op) {
    boolean constant = graph.tensor(op.input()).isConstant();
    arena.define(op.output(), constant ? arena.constant(op.input()) : arena.contents(op.input()));
    if (constant || !arena.slot(op.input()).equals(arena.slot(op.output()))) {
      arena.writeAll(op.output());
    }
    arena.requireAll(op.output());
    return null;
  }

  @Override
  public Void visitTranspose(Transpose op) {
    return rearranged(op, op.input());
  }

  @Override
  public Void visitSlice(Slice op) {
    return rearranged(op, op.input());
  }

  @Override
  public Void visitGather(Gather op) {
    return apart(op.input(), op.output());
  }

  /** Labels move with the elements; where the output is a part of the input nothing is written. */
  private Void rearranged(Op op, TensorId input) {
    StridedView view = StridedView.of(graph, op).orElseThrow();
    int width = graph.tensor(input).type().bytes();
    boolean constant = graph.tensor(input).isConstant();
    int[] from = constant ? arena.constant(input) : arena.contents(input);
    int[] to = new int[graph.tensor(op.output()).bytes()];
    int[] starts = view.starts();
    int run = view.run() * width;
    for (int i = 0; i < starts.length; i++) {
      System.arraycopy(from, starts[i] * width, to, i * run, run);
    }
    arena.define(op.output(), to);
    if (constant) {
      arena.writeAll(op.output());
    } else if (!Aliases.isPart(graph, arena.slot(input), arena.slot(op.output()), op)) {
      arena.requireAll(input);
      arena.writeAll(op.output());
      arena.requireAll(input);
    }
    arena.requireAll(op.output());
    return null;
  }

  /** Copies labels run by run; a run already in its place is not copied. */
  @Override
  public Void visitConcat(Concat op) {
    Tensor output = graph.tensor(op.output());
    int inner = output.shape().strides()[op.axis()] * output.type().bytes();
    int outer = output.bytes() / (inner * output.shape().dim(op.axis()));
    arena.define(op.output(), new int[output.bytes()]);
    int begin = 0;
    for (TensorId input : op.inputs()) {
      int run = graph.tensor(input).shape().dim(op.axis()) * inner;
      copyRuns(op, input, begin, run, outer, output.bytes() / outer);
      begin += run;
    }
    arena.requireAll(op.output());
    return null;
  }

  private void copyRuns(Concat op, TensorId input, int begin, int run, int outer, int step) {
    boolean constant = graph.tensor(input).isConstant();
    int[] from = constant ? arena.constant(input) : arena.contents(input);
    int[] to = arena.contents(op.output());
    boolean inPlace =
        !constant
            && outer == 1
            && arena.slot(input).offset() == arena.slot(op.output()).offset() + begin;
    for (int i = 0; i < outer; i++) {
      System.arraycopy(from, i * run, to, i * step + begin, run);
      if (!constant) {
        arena.require(input, i * run, run);
      }
      if (!inPlace) {
        arena.write(op.output(), i * step + begin, run);
      }
    }
  }
}
