// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.plan.ConstantBlock.Element;
import dev.facsimile.quantize.AccumulatorBound;
import dev.facsimile.quantize.ConvParameters;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;

/**
 * What the choice of kernels for one layer needs to know and where it leaves constants.
 *
 * @param accumulator the largest magnitude its accumulators can reach, where it has any
 */
record CallContext(
    Graph graph, MemoryPlan memory, ConstantPool pool, long accumulator, String layer) {
  private static final long FAST_LIMIT = 1L << 30;

  Tensor tensor(TensorId id) {
    return graph.tensor(id);
  }

  /** An activation, or its values where it is a constant. */
  Operand operand(TensorId id, String role) {
    return operand(id, role, Element.of(graph.tensor(id).type()));
  }

  /** As {@link #operand}, for kernels that move bytes whatever they mean. */
  Operand bytes(TensorId id, String role) {
    return operand(id, role, Element.INT8);
  }

  private Operand operand(TensorId id, String role, Element element) {
    Tensor tensor = graph.tensor(id);
    if (!tensor.isConstant()) {
      return new Operand.InArena(memory.slot(id), element);
    }
    String note = "%s, %s%s".formatted(role, tensor.shape(), scale(tensor));
    return pool.add(layer + "_" + role, element, tensor.data().orElseThrow(), note);
  }

  /**
   * 1 where the short form of requantization gives the same results: every shift to the right and
   * every accumulator below 2^30. For reduced multipliers, whose form is always short: 2, or 3
   * where sums need 64 bits.
   */
  int fastRequantize(ConvParameters numbers) {
    if (numbers.reduced()) {
      return accumulator < AccumulatorBound.LIMIT ? 2 : 3;
    }
    boolean allRight = numbers.multipliers().stream().allMatch(factor -> factor.shift() < 0);
    return allRight && accumulator < FAST_LIMIT ? 1 : 0;
  }

  /** Whether the planner laid the output over this operand. */
  boolean overlaps(TensorId operand, TensorId output) {
    return !graph.tensor(operand).isConstant()
        && memory.slot(operand).overlaps(memory.slot(output));
  }

  Operand.InArena output(Op op) {
    return new Operand.InArena(
        memory.slot(op.output()), Element.of(graph.tensor(op.output()).type()));
  }

  /** As {@link #output}, for kernels that move bytes whatever they mean. */
  Operand.InArena outputBytes(Op op) {
    return new Operand.InArena(memory.slot(op.output()), Element.INT8);
  }

  /** Where the operator works beside its operands. */
  Operand scratch(Op op, Element element) {
    return new Operand.InScratch(memory.scratch().get(op.output()), element);
  }

  Operand int8(String role, ConstantBytes data, String note) {
    return pool.add(layer + "_" + role, Element.INT8, data, note);
  }

  Operand int16(String role, ConstantBytes data, String note) {
    return pool.add(layer + "_" + role, Element.INT16, data, note);
  }

  Operand int32(String role, int[] values, String note) {
    return pool.add(layer + "_" + role, Element.INT32, ConstantBytes.ofInts(values), note);
  }

  /** How codes become real values, for a comment. */
  static String scale(Tensor tensor) {
    Quantization quantization = tensor.quantization().orElse(null);
    if (quantization instanceof Quantization.PerTensor one) {
      return ", real = (q - %s) * %s".formatted(one.zeroPoint(), Float.toHexString(one.scale()));
    }
    if (quantization instanceof Quantization.PerChannel many) {
      return ", real = q * scale of the channel, %s .. %s"
          .formatted(
              Float.toHexString(many.scales().stream().min(Float::compare).orElse(0f)),
              Float.toHexString(many.scales().stream().max(Float::compare).orElse(0f)));
    }
    return "";
  }

  FacsimileException unsupported(Op op, String message, String hint) {
    return FacsimileException.error(
        DiagnosticCode.PARAMETER_UNSUPPORTED, location(graph, op), message, hint);
  }

  static ModelLocation location(Graph graph, Op op) {
    Tensor output = graph.tensor(op.output());
    return new ModelLocation(output.sourceOperator(), op.kind(), output.name());
  }
}
