// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.StridedView;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.quantize.AffineMapping;
import java.util.ArrayList;
import java.util.List;

/** Calls of the kernels that only move bytes. */
final class MoveCalls {
  private static final int AXES = 4;
  private static final int REARRANGED_AXES = 6;

  private final CallContext context;

  MoveCalls(CallContext context) {
    this.context = context;
  }

  /** None where the output lies where the input is. */
  List<KernelCall> reshape(Reshape op) {
    Operand input = context.bytes(op.input(), "values");
    Operand output = context.outputBytes(op);
    if (input.equals(output)) {
      return List.of();
    }
    int bytes = context.tensor(op.output()).bytes();
    return List.of(
        new KernelCall(
            Kernel.COPY, new ParameterList().put("count", bytes).build(), List.of(input, output)));
  }

  /** One for each operand that was not written in its place. */
  List<KernelCall> concat(Concat op) {
    Tensor output = context.tensor(op.output());
    int step = bytesFrom(output, op.axis());
    Slot whole = context.memory().slot(op.output());
    List<KernelCall> calls = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < op.inputs().size(); i++) {
      TensorId input = op.inputs().get(i);
      int inner = bytesFrom(context.tensor(input), op.axis());
      int outer = output.bytes() / step;
      Slot part = new Slot(whole.offset() + begin, (outer - 1) * step + inner);
      Operand from = context.bytes(input, "operand" + i);
      Operand to = new Operand.InArena(part, ConstantBlock.Element.INT8);
      if (!from.equals(to)) {
        ParameterList parameters =
            new ParameterList().put("outer", outer).put("inner", inner).put("output_stride", step);
        calls.add(new KernelCall(Kernel.CONCAT, parameters.build(), List.of(from, to)));
      }
      begin += inner;
    }
    return calls;
  }

  private static int bytesFrom(Tensor tensor, int axis) {
    Shape shape = tensor.shape();
    return shape.dims().subList(axis, shape.rank()).stream()
        .reduce(tensor.type().bytes(), (a, b) -> a * b);
  }

  /** None where the output is a part of the input. */
  List<KernelCall> rearrange(Op op, TensorId input) {
    StridedView view = StridedView.of(context.graph(), op).orElseThrow();
    int width = context.tensor(input).type().bytes();
    Operand from = context.bytes(input, "values");
    Operand.InArena to = context.outputBytes(op);
    if (view.isContiguous() && from instanceof Operand.InArena arena) {
      Slot part = new Slot(arena.slot().offset() + view.begin() * width, to.slot().bytes());
      ParameterList count = new ParameterList().put("count", part.bytes());
      Operand there = new Operand.InArena(part, ConstantBlock.Element.INT8);
      return part.equals(to.slot())
          ? List.of()
          : List.of(new KernelCall(Kernel.COPY, count.build(), List.of(there, to)));
    }
    return List.of(
        new KernelCall(Kernel.REARRANGE, rearranged(op, view, width), List.of(from, to)));
  }

  private List<Parameter> rearranged(Op op, StridedView view, int width) {
    List<StridedView.Axis> axes = new ArrayList<>(view.runAxes());
    if (axes.size() > REARRANGED_AXES) {
      throw context.unsupported(
          op, "its elements move along " + axes.size() + " axes", "six axes at most may move");
    }
    while (axes.size() < REARRANGED_AXES) {
      axes.add(0, new StridedView.Axis(1, 0));
    }
    return new ParameterList()
        .put("dims", axes.stream().mapToInt(StridedView.Axis::extent).toArray())
        .put("strides", axes.stream().mapToInt(axis -> axis.stride() * width).toArray())
        .put("begin", view.begin() * width)
        .put("run", view.run() * width)
        .build();
  }

  KernelCall gather(Gather op) {
    Tensor input = context.tensor(op.input());
    int step = bytesFrom(input, op.axis());
    int[] indices = op.indices().stream().mapToInt(Integer::intValue).toArray();
    return new KernelCall(
        Kernel.GATHER,
        new ParameterList()
            .put("outer", input.bytes() / step)
            .put("count", indices.length)
            .put("input_stride", step)
            .put("run", step / input.shape().dim(op.axis()))
            .build(),
        List.of(
            context.bytes(op.input(), "input"),
            context.int32("indices", indices, "indices of axis " + op.axis()),
            context.outputBytes(op)));
  }

  KernelCall pad(Pad op) {
    List<PadAxis> axes = padAxes(op);
    if (axes.size() > AXES) {
      throw context.unsupported(
          op,
          "padding on " + axes.size() + " groups of axes",
          "pad at most four groups of neighbouring axes");
    }
    while (axes.size() < AXES) {
      axes.add(0, new PadAxis(1, 0, 0));
    }
    // The contract has seen to it that in types wider than a byte all bytes are alike.
    byte value = (byte) AffineMapping.code(op.value(), context.tensor(op.output()));
    return new KernelCall(
        Kernel.PAD,
        new ParameterList()
            .put("dims", axes.stream().mapToInt(PadAxis::extent).toArray())
            .put("before", axes.stream().mapToInt(PadAxis::before).toArray())
            .put("after", axes.stream().mapToInt(PadAxis::after).toArray())
            .put("value", value)
            .build(),
        List.of(context.bytes(op.input(), "input"), context.outputBytes(op)));
  }

  private record PadAxis(int extent, int before, int after) {
    PadAxis times(int inner) {
      return new PadAxis(extent * inner, before * inner, after * inner);
    }
  }

  /** Axes without padding join the one before them: the bytes are the same. */
  private List<PadAxis> padAxes(Pad op) {
    Shape input = context.tensor(op.input()).shape();
    int elementBytes = context.tensor(op.input()).type().bytes();
    List<PadAxis> axes = new ArrayList<>();
    for (int i = 0; i < input.rank(); i++) {
      PadAxis axis = new PadAxis(input.dim(i), op.before().get(i), op.after().get(i));
      int last = axes.size() - 1;
      if (last >= 0 && axis.before() == 0 && axis.after() == 0) {
        PadAxis outer = axes.get(last);
        int extent = axis.extent();
        axes.set(last, outer.times(extent));
      } else {
        axes.add(axis);
      }
    }
    if (elementBytes > 1) {
      PadAxis last = axes.isEmpty() ? new PadAxis(1, 0, 0) : axes.remove(axes.size() - 1);
      axes.add(last.times(elementBytes));
    }
    return axes;
  }
}
