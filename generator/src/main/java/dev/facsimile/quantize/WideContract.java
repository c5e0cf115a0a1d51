// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.report.DiagnosticCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@link IntegerContract} demands of int16 operators alone. */
final class WideContract {
  private static final float SCALE_TOLERANCE = 0.001f;

  private WideContract() {}

  /** What is wrong with an operator. */
  record Violation(DiagnosticCode code, String message, String hint) {}

  /** Biases of 64 bits must fit the accumulators, and the multipliers their reduced form. */
  static List<Violation> ofSums(ConvParameters numbers, Tensor bias) {
    List<Violation> found = new ArrayList<>();
    Arrays.stream(bias.data().orElseThrow().toLongs())
        .filter(value -> value != (int) value)
        .findFirst()
        .ifPresent(
            value ->
                found.add(
                    new Violation(
                        DiagnosticCode.ACCUMULATOR_MAY_OVERFLOW,
                        "its bias " + value + " does not fit 32 bits",
                        "the layer has a huge bias beside tiny weights; retrain it")));
    if (numbers.multipliers().stream()
        .anyMatch(factor -> factor.shift() > ReducedMultiplier.MAX_LEFT_SHIFT)) {
      found.add(
          quantization(
              "the output's scale is more than 128 times smaller than that of the products",
              "quantize with ranges taken from real data"));
    }
    return found;
  }

  static List<Violation> of(Graph graph, Softmax op) {
    List<Violation> found = new ArrayList<>();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    float wanted = ScaleGroups.WIDE_PROBABILITY.scale();
    if (Math.abs(output.scale() - wanted) > SCALE_TOLERANCE * wanted) {
      found.add(
          quantization(
              "the output must have scale 1/32768 and zero point 0 but has scale " + output.scale(),
              "quantize the model again with a current converter"));
    }
    if (WideSoftmaxParameters.of(graph, op).difference().shift()
        > WideSoftmaxParameters.MAX_SHIFT) {
      found.add(
          quantization(
              "the input's scale is so large that one step decides everything",
              "quantize with ranges taken from real data"));
    }
    if (graph.tensor(op.input()).shape().channels() > WideSoftmaxParameters.MAX_DEPTH) {
      found.add(
          new Violation(
              DiagnosticCode.PARAMETER_UNSUPPORTED,
              "more than " + WideSoftmaxParameters.MAX_DEPTH + " channels",
              "leave the softmax out: the largest logit is the largest probability"));
    }
    return found;
  }

  private static Violation quantization(String message, String hint) {
    return new Violation(DiagnosticCode.QUANTIZATION_UNSUPPORTED, message, hint);
  }
}
