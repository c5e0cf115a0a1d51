// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.DiagnosticCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@link IntegerContract} of the operators that compute each element by itself. */
final class ElementwiseContract {
  private final ContractRules rules;
  private final Graph graph;

  ElementwiseContract(ContractRules rules) {
    this.rules = rules;
    this.graph = rules.graph();
  }

  void binary(Binary op) {
    switch (op.function()) {
      case MAXIMUM, MINIMUM -> rules.requireEqualQuantization(op);
      case MUL -> requireFactors(op, () -> MulParameters.of(graph, op));
      case DIV -> requireFactors(op, () -> quotient(op));
      case ADD, SUB, SQUARED_DIFFERENCE -> requireCoarseOutput(op);
    }
  }

  /** These kernels shift their sums and squares to the right alone. */
  private void requireCoarseOutput(Binary op) {
    if (!rules.requireActivations(op, List.of(op.a(), op.b(), op.output()))) {
      return;
    }
    boolean squares = op.function() == Binary.Kind.SQUARED_DIFFERENCE;
    rules
        .requireFactors(
            op,
            () ->
                squares
                    ? SquaredDifferenceParameters.of(graph, op).output()
                    : AddParameters.of(graph, op).output())
        .filter(factor -> factor.shift() > 0)
        .ifPresent(
            factor ->
                rules.report(
                    op,
                    DiagnosticCode.QUANTIZATION_UNSUPPORTED,
                    squares
                        ? "the output's scale is more than 2^12 times smaller than an operand's square"
                        : "the output's scale is more than 2^19 times smaller than an operand's",
                    "quantize with ranges taken from real data"));
  }

  private Record quotient(Binary op) {
    return rules.typeOf(op) == DType.INT16
        ? WideDivParameters.of(graph, op)
        : DivParameters.of(graph, op);
  }

  private Object function(Unary op) {
    return rules.typeOf(op) == DType.INT16
        ? WideFunctions.of(graph, op)
        : LookupTables.of(graph, op);
  }

  /** Activations, of which {@code parameters} can be computed. */
  private void requireFactors(Op op, Supplier<?> parameters) {
    if (rules.requireActivations(op, Op.withOptional(op.inputs(), Optional.of(op.output())))) {
      rules.requireFactors(op, parameters);
    }
  }

  void unary(Unary op) {
    requireFactors(op, () -> function(op));
  }

  void lookup(Lookup op) {
    rules.requireActivations(op, List.of(op.input(), op.output()));
  }

  void pRelu(PRelu op) {
    requireFactors(op, () -> PReluParameters.of(graph, op));
  }

  void quantize(Quantize op) {
    requireFactors(op, () -> RequantizeParameters.of(graph, op));
  }

  void dequantize(Dequantize op) {
    rules.report(
        op,
        DiagnosticCode.TYPE_UNSUPPORTED,
        "a float tensor inside an integer network",
        "convert the whole model to int8, or give the float model and calibration data");
  }
}
