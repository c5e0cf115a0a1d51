// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Shape;
import dev.facsimile.quantize.AddParameters;
import dev.facsimile.quantize.FixedPointMultiplier;
import dev.facsimile.quantize.MulParameters;
import java.util.List;

/** Calls of ADD, SUB and MUL, for operands of one shape and for others. */
final class BinaryCalls {
  private final CallContext context;

  BinaryCalls(CallContext context) {
    this.context = context;
  }

  KernelCall call(Binary op) {
    return switch (op.function()) {
      case ADD, SUB -> call(op, Kernel.ADD, Kernel.ADD_BROADCAST);
      case MUL -> call(op, Kernel.MUL, Kernel.MUL_BROADCAST);
      case DIV ->
          throw context.unsupported(
              op, "division has no integer kernel", "multiply by the reciprocal instead");
    };
  }

  private KernelCall call(Binary op, Kernel sameShape, Kernel broadcast) {
    List<Operand> operands =
        List.of(context.operand(op.a(), "a"), context.operand(op.b(), "b"), context.output(op));
    Shape a = context.tensor(op.a()).shape();
    Shape b = context.tensor(op.b()).shape();
    Shape output = context.tensor(op.output()).shape();
    if (a.elements() == output.elements() && b.elements() == output.elements()) {
      ParameterList numbers = new ParameterList().put("count", output.elements());
      return new KernelCall(sameShape, numbers(op, numbers).build(), operands);
    }
    Broadcast plan =
        Broadcast.of(a, b, output)
            .orElseThrow(
                () ->
                    context.unsupported(
                        op,
                        "operands %s and %s are repeated along too many axes".formatted(a, b),
                        "reshape so that at most four axes alternate"));
    ParameterList parameters =
        new ParameterList()
            .put("dims", plan.dims())
            .put("a_stride", plan.strideA())
            .put("b_stride", plan.strideB());
    ParameterList element = parameters.nested("element").put("count", plan.dims()[3]);
    return new KernelCall(broadcast, parameters.putAll(numbers(op, element)).build(), operands);
  }

  private ParameterList numbers(Binary op, ParameterList list) {
    return op.function() == Binary.Kind.MUL ? mulNumbers(op, list) : addNumbers(op, list);
  }

  private ParameterList addNumbers(Binary op, ParameterList list) {
    AddParameters numbers = AddParameters.of(context.graph(), op);
    requireShift(op, numbers.output(), 0);
    return list.put("left_shift", AddParameters.LEFT_SHIFT)
        .put("a_offset", -numbers.zeroPointA())
        .put("a", numbers.a())
        .put("b_offset", -numbers.zeroPointB())
        .put("b", numbers.b())
        .put("subtract", numbers.subtract() ? 1 : 0)
        .put("output", numbers.output())
        .put("output_zero_point", numbers.outputZeroPoint())
        .put(numbers.range());
  }

  private ParameterList mulNumbers(Binary op, ParameterList list) {
    MulParameters numbers = MulParameters.of(context.graph(), op);
    requireShift(op, numbers.output(), 8);
    return list.put("a_offset", -numbers.zeroPointA())
        .put("b_offset", -numbers.zeroPointB())
        .put("output", numbers.output())
        .put("output_zero_point", numbers.outputZeroPoint())
        .put(numbers.range());
  }

  private void requireShift(Binary op, FixedPointMultiplier factor, int largest) {
    if (factor.shift() > largest) {
      throw context.unsupported(
          op,
          "the output's scale is too small for those of the operands",
          "quantize the output with a range that its values need");
    }
  }
}
