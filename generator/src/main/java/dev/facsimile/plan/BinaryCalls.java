// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Shape;
import dev.facsimile.quantize.AddParameters;
import dev.facsimile.quantize.DivParameters;
import dev.facsimile.quantize.FixedPointMultiplier;
import dev.facsimile.quantize.MulParameters;
import dev.facsimile.quantize.SquaredDifferenceParameters;
import dev.facsimile.quantize.WideDivParameters;
import java.util.List;

/** Calls of the operators of two tensors. */
final class BinaryCalls {
  private final CallContext context;

  BinaryCalls(CallContext context) {
    this.context = context;
  }

  KernelCall call(Binary op) {
    return switch (op.function()) {
      case ADD, SUB -> call(op, Kernel.ADD, Kernel.ADD_BROADCAST);
      case MUL -> call(op, Kernel.MUL, Kernel.MUL_BROADCAST);
      case MAXIMUM -> select(op, Kernel.MAXIMUM);
      case MINIMUM -> select(op, Kernel.MINIMUM);
      case SQUARED_DIFFERENCE -> squaredDifference(op);
      case DIV -> div(op);
    };
  }

  private KernelCall select(Binary op, Kernel kernel) {
    Kernel typed = kernel.on(context.tensor(op.output()).type());
    return pair(op, typed, walk(op, new ParameterList()));
  }

  private KernelCall pair(Binary op, Kernel kernel, ParameterList parameters) {
    return new KernelCall(kernel, parameters.build(), operands(op));
  }

  private List<Operand> operands(Binary op) {
    return List.of(context.operand(op.a(), "a"), context.operand(op.b(), "b"), context.output(op));
  }

  /** Members of fxk_broadcast_params. */
  private ParameterList walk(Binary op, ParameterList list) {
    Shape a = context.tensor(op.a()).shape();
    Shape b = context.tensor(op.b()).shape();
    return Broadcast.of(a, b, context.tensor(op.output()).shape())
        .orElseThrow(
            () ->
                context.unsupported(
                    op,
                    "operands %s and %s are repeated along too many axes".formatted(a, b),
                    "reshape so that at most " + Broadcast.AXES + " axes alternate"))
        .write(list);
  }

  private KernelCall squaredDifference(Binary op) {
    SquaredDifferenceParameters numbers = SquaredDifferenceParameters.of(context.graph(), op);
    requireShift(op, numbers.output(), 0);
    ParameterList list = new ParameterList();
    list.putAll(walk(op, list.nested("walk")))
        .put("left_shift", numbers.leftShift())
        .put("a_offset", -numbers.zeroPointA())
        .put("a", numbers.a())
        .put("b_offset", -numbers.zeroPointB())
        .put("b", numbers.b())
        .put("output", numbers.output())
        .put("output_zero_point", numbers.outputZeroPoint());
    return pair(op, Kernel.SQUARED_DIFFERENCE.on(context.tensor(op.output()).type()), list);
  }

  private KernelCall wideDiv(Binary op) {
    WideDivParameters numbers = WideDivParameters.of(context.graph(), op);
    ParameterList list = new ParameterList();
    list.putAll(walk(op, list.nested("walk")))
        .put("multiplier", numbers.multiplier())
        .put("shift", numbers.shift())
        .put(numbers.range());
    return pair(op, Kernel.DIV_S16, list);
  }

  private KernelCall div(Binary op) {
    if (context.tensor(op.output()).type() == DType.INT16) {
      return wideDiv(op);
    }
    DivParameters numbers = DivParameters.of(context.graph(), op);
    ParameterList list = new ParameterList();
    list.putAll(walk(op, list.nested("walk")))
        .put("a_offset", -numbers.zeroPointA())
        .put("shift", numbers.unit().shift())
        .put("output_zero_point", numbers.outputZeroPoint())
        .put(numbers.range());
    String note = "of the divisor's code - 128; 0: divide by zero";
    return new KernelCall(
        Kernel.DIV,
        list.build(),
        List.of(
            context.operand(op.a(), "a"),
            context.operand(op.b(), "b"),
            context.int32("reciprocals", numbers.toTable(), note),
            context.output(op)));
  }

  private KernelCall call(Binary op, Kernel sameShape, Kernel broadcast) {
    List<Operand> operands = operands(op);
    Shape a = context.tensor(op.a()).shape();
    Shape b = context.tensor(op.b()).shape();
    Shape output = context.tensor(op.output()).shape();
    DType type = context.tensor(op.output()).type();
    if (a.elements() == output.elements() && b.elements() == output.elements()) {
      ParameterList numbers = new ParameterList().put("count", output.elements());
      return new KernelCall(sameShape.on(type), numbers(op, numbers).build(), operands);
    }
    ParameterList parameters = new ParameterList();
    parameters.putAll(walk(op, parameters.nested("walk")));
    ParameterList element = parameters.nested("element").put("count", 1);
    return new KernelCall(
        broadcast.on(type), parameters.putAll(numbers(op, element)).build(), operands);
  }

  private ParameterList numbers(Binary op, ParameterList list) {
    return op.function() == Binary.Kind.MUL ? mulNumbers(op, list) : addNumbers(op, list);
  }

  private ParameterList addNumbers(Binary op, ParameterList list) {
    AddParameters numbers = AddParameters.of(context.graph(), op);
    requireShift(op, numbers.output(), 0);
    return list.put("left_shift", numbers.leftShift())
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
