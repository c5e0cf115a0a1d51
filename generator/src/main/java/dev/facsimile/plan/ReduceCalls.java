// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Shape;
import dev.facsimile.quantize.SumParameters;
import java.util.List;

/** Calls of MEAN, SUM, REDUCE_MAX, REDUCE_MIN, ARG_MAX and ARG_MIN. */
final class ReduceCalls {
  private static final List<String> MEMBERS =
      List.of("kept_0", "reduced_0", "kept_1", "reduced_1", "kept_2", "reduced_2", "kept_3");

  private final CallContext context;

  ReduceCalls(CallContext context) {
    this.context = context;
  }

  KernelCall call(ArgMax op) {
    Shape shape = context.tensor(op.input()).shape();
    int extent = shape.dim(op.axis());
    int inner = shape.strides()[op.axis()];
    return new KernelCall(
        Kernel.ARG_MAX.on(context.tensor(op.input()).type()),
        new ParameterList()
            .put("outer", shape.elements() / extent / inner)
            .put("extent", extent)
            .put("inner", inner)
            .put("sign", op.function() == ArgMax.Kind.ARG_MAX ? 1 : -1)
            .build(),
        List.of(context.operand(op.input(), "input"), context.output(op)));
  }

  KernelCall call(Reduce op) {
    DType type = context.tensor(op.output()).type();
    List<Operand> operands = List.of(context.operand(op.input(), "input"), context.output(op));
    ParameterList parameters = new ParameterList();
    if (op.function().selects()) {
      boolean largest = op.function() == Reduce.Kind.REDUCE_MAX;
      Kernel kernel = largest ? Kernel.REDUCE_MAX : Kernel.REDUCE_MIN;
      return new KernelCall(kernel.on(type), walk(op, parameters).build(), operands);
    }
    SumParameters numbers = SumParameters.of(context.graph(), op);
    parameters
        .putAll(walk(op, parameters.nested("walk")))
        .put("sum_offset", Math.multiplyExact(-numbers.count(), numbers.inputZeroPoint()))
        .put("multiplier", numbers.output().multiplier())
        .put("shift", numbers.output().shift())
        .put("output_zero_point", numbers.outputZeroPoint());
    return new KernelCall(Kernel.REDUCE_SUM.on(type), parameters.build(), operands);
  }

  /** Kept, reduced, kept, .. extents; neighbouring axes of one kind are one extent. */
  private ParameterList walk(Reduce op, ParameterList parameters) {
    Shape shape = context.tensor(op.input()).shape();
    int[] extents = {1, 1, 1, 1, 1, 1, 1};
    int at = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) == 1) {
        continue;
      }
      boolean reduced = op.axes().contains(axis);
      if (reduced != (at % 2 == 1)) {
        at++;
      }
      if (at >= extents.length) {
        throw context.unsupported(
            op,
            "axes %s of %s are scattered".formatted(op.axes(), shape),
            "reduce at most three groups of neighbouring axes at once");
      }
      extents[at] *= shape.dim(axis);
    }
    for (int i = 0; i < extents.length; i++) {
      parameters.put(MEMBERS.get(i), extents[i]);
    }
    return parameters;
  }
}
