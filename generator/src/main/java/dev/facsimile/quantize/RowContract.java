// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Softmax;
import dev.facsimile.report.DiagnosticCode;
import java.util.List;

/**
 * {@link IntegerContract} of the operators that look at many elements, rows or windows, for each
 * result.
 */
final class RowContract {
  private static final float SCALE_TOLERANCE = 0.001f;

  private final ContractRules rules;
  private final Graph graph;

  RowContract(ContractRules rules) {
    this.rules = rules;
    this.graph = rules.graph();
  }

  void pool2d(Pool2d op) {
    rules.requireEqualQuantization(op);
  }

  void reduce(Reduce op) {
    if (op.function().selects() || op.axes().isEmpty()) {
      rules.requireEqualQuantization(op);
    } else if (rules.requireActivations(op, List.of(op.input(), op.output()))) {
      rules.requireFactors(op, () -> SumParameters.of(graph, op));
    }
  }

  void argMax(ArgMax op) {
    rules.requireActivations(op, List.of(op.input()));
  }

  void l2Normalization(L2Normalization op) {
    if (!rules.requireActivations(op, List.of(op.input(), op.output()))) {
      return;
    }
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    if (!output.equals(ScaleGroups.SIGNED_UNIT)) {
      rules.report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "the output must have scale 1/128 and zero point 0 but has "
              + ContractRules.describe(output),
          "quantize the model again with a current converter");
    }
    if (graph.tensor(op.input()).shape().channels() > L2NormParameters.MAX_DEPTH) {
      rules.report(
          op,
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "rows of more than " + L2NormParameters.MAX_DEPTH + " values",
          "normalize shorter rows");
    }
  }

  void softmax(Softmax op) {
    if (!rules.requireActivations(op, List.of(op.input(), op.output()))) {
      return;
    }
    if (rules.typeOf(op) == DType.INT16) {
      requireProbability(op, ScaleGroups.WIDE_PROBABILITY, "1/32768");
      requireDepth(op, WideSoftmaxParameters.MAX_DEPTH);
      requireFineInput(op);
    } else {
      requireProbability(op, ScaleGroups.PROBABILITY, "1/256");
      requireDepth(op, SoftmaxParameters.MAX_DEPTH);
    }
  }

  private void requireProbability(Softmax op, Quantization.PerTensor wanted, String scale) {
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    if (output.zeroPoint() != wanted.zeroPoint()
        || Math.abs(output.scale() - wanted.scale()) > SCALE_TOLERANCE * wanted.scale()) {
      rules.report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "the output must have scale %s and zero point %d but has %s"
              .formatted(scale, wanted.zeroPoint(), ContractRules.describe(output)),
          "quantize the model again with a current converter");
    }
  }

  private void requireDepth(Softmax op, int deepest) {
    if (graph.tensor(op.input()).shape().channels() > deepest) {
      rules.report(
          op,
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "more than " + deepest + " channels",
          "leave the softmax out: the largest logit is the largest probability");
    }
  }

  private void requireFineInput(Softmax op) {
    rules
        .requireFactors(op, () -> WideSoftmaxParameters.of(graph, op))
        .filter(numbers -> numbers.difference().shift() > WideSoftmaxParameters.MAX_SHIFT)
        .ifPresent(
            numbers ->
                rules.report(
                    op,
                    DiagnosticCode.QUANTIZATION_UNSUPPORTED,
                    "the input's scale is so large that one step decides everything",
                    "quantize with ranges taken from real data"));
  }
}
