// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.DiagnosticCode;
import java.util.List;

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
      case MUL, DIV -> rules.requireActivations(op, List.of(op.a(), op.b(), op.output()));
      case ADD, SUB, SQUARED_DIFFERENCE -> requireCoarseOutput(op);
    }
  }

  /** These kernels shift their sums and squares to the right alone. */
  private void requireCoarseOutput(Binary op) {
    if (!rules.requireActivations(op, List.of(op.a(), op.b(), op.output()))) {
      return;
    }
    boolean squares = op.function() == Binary.Kind.SQUARED_DIFFERENCE;
    FixedPointMultiplier factor =
        squares
            ? SquaredDifferenceParameters.of(graph, op).output()
            : AddParameters.of(graph, op).output();
    if (factor.shift() > 0) {
      rules.report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          squares
              ? "the output's scale is more than 2^12 times smaller than an operand's square"
              : "the output's scale is more than 2^19 times smaller than an operand's",
          "quantize with ranges taken from real data");
    }
  }

  void unary(Unary op) {
    rules.requireActivations(op, List.of(op.input(), op.output()));
  }

  void lookup(Lookup op) {
    rules.requireActivations(op, List.of(op.input(), op.output()));
  }

  void pRelu(PRelu op) {
    rules.requireActivations(op, List.of(op.input(), op.alpha(), op.output()));
  }

  void quantize(Quantize op) {
    rules.requireActivations(op, List.of(op.input(), op.output()));
  }

  void dequantize(Dequantize op) {
    rules.report(
        op,
        DiagnosticCode.TYPE_UNSUPPORTED,
        "a float tensor inside an integer network",
        "convert the whole model to int8, or give the float model and calibration data");
  }
}
