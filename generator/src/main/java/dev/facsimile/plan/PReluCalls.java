// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Shape;
import dev.facsimile.quantize.PReluParameters;
import java.util.List;

/** Calls of PRELU, for slopes repeated along the outer axes and for others. */
final class PReluCalls {
  private final CallContext context;

  PReluCalls(CallContext context) {
    this.context = context;
  }

  KernelCall call(PRelu op) {
    Shape input = context.tensor(op.input()).shape();
    Shape alpha = context.tensor(op.alpha()).shape();
    ParameterList list = new ParameterList();
    if (repeatsAlongOuterAxes(alpha, input)) {
      list.put("outer", input.elements() / alpha.elements()).put("channels", alpha.elements());
      return call(op, Kernel.PRELU, numbers(op, list));
    }
    Broadcast plan =
        Broadcast.of(input, alpha, input)
            .orElseThrow(
                () ->
                    context.unsupported(
                        op,
                        "slopes %s are repeated along too many axes of %s".formatted(alpha, input),
                        "use one slope, one a channel, or one an element"));
    ParameterList element = list.nested("element").put("outer", 1).put("channels", 1);
    list.putAll(plan.write(list.nested("walk"))).putAll(numbers(op, element));
    return call(op, Kernel.PRELU_BROADCAST, list);
  }

  private KernelCall call(PRelu op, Kernel kernel, ParameterList parameters) {
    return new KernelCall(
        kernel,
        parameters.build(),
        List.of(
            context.operand(op.input(), "input"),
            context.operand(op.alpha(), "alpha"),
            context.output(op)));
  }

  private ParameterList numbers(PRelu op, ParameterList list) {
    PReluParameters numbers = PReluParameters.of(context.graph(), op);
    return list.put("input_offset", -numbers.inputZeroPoint())
        .put("alpha_offset", -numbers.alphaZeroPoint())
        .put("positive", numbers.identity())
        .put("negative", numbers.slope())
        .put("output_zero_point", numbers.outputZeroPoint());
  }

  /** Whether the operand's extents are ones followed by the innermost extents of the whole. */
  private static boolean repeatsAlongOuterAxes(Shape operand, Shape whole) {
    if (operand.rank() > whole.rank()) {
      return false;
    }
    Shape padded = operand.padToRank(whole.rank());
    int axis = 0;
    while (axis < padded.rank() && padded.dim(axis) == 1) {
      axis++;
    }
    return padded
        .dims()
        .subList(axis, padded.rank())
        .equals(whole.dims().subList(axis, whole.rank()));
  }
}
