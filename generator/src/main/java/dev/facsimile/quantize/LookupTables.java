// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Unary;
import java.util.function.IntUnaryOperator;

/**
 * Every int8 function of one tensor as a table of 256 output codes: entry {@code code + 128} is the
 * output of {@code code}.
 */
public final class LookupTables {
  private LookupTables() {}

  public static byte[] of(Graph graph, Unary op) {
    return of(op, graph.tensor(op.input()).perTensor(), graph.tensor(op.output()).perTensor());
  }

  /** QUANTIZE from int8 to int8. */
  public static byte[] of(Graph graph, Quantize op) {
    return requantize(graph.tensor(op.input()).perTensor(), graph.tensor(op.output()).perTensor());
  }

  public static byte[] of(Unary op, Quantization.PerTensor input, Quantization.PerTensor output) {
    return switch (op.function()) {
      case RELU -> clamped(input, output, 0f, Float.POSITIVE_INFINITY);
      case RELU6 -> clamped(input, output, 0f, 6f);
      case RELU_N1_TO_1 -> clamped(input, output, -1f, 1f);
      case LEAKY_RELU -> leaky(input, output, op.alpha());
      case LOGISTIC -> evaluated(input, output, LookupTables::logistic);
      case TANH -> evaluated(input, output, x -> (float) StrictMath.tanh(x));
      case EXP -> evaluated(input, output, LookupTables::exp);
      case NEG -> evaluated(input, output, x -> -x);
    };
  }

  /** The same real value under another scale or zero point. */
  public static byte[] requantize(Quantization.PerTensor input, Quantization.PerTensor output) {
    FixedPointMultiplier factor =
        FixedPointMultiplier.of((double) input.scale() / (double) output.scale());
    return table(
        x -> ActivationRange.FULL.clamp(factor.apply(x - input.zeroPoint()) + output.zeroPoint()));
  }

  private static byte[] clamped(
      Quantization.PerTensor input, Quantization.PerTensor output, float min, float max) {
    // The kernel divides the scales as floats.
    FixedPointMultiplier factor = FixedPointMultiplier.of(input.scale() / output.scale());
    int lowest = Math.max(Byte.MIN_VALUE, code(min, output));
    int highest =
        Float.isInfinite(max) ? Byte.MAX_VALUE : Math.min(Byte.MAX_VALUE, code(max, output));
    return table(
        x ->
            Math.min(
                highest,
                Math.max(lowest, factor.apply(x - input.zeroPoint()) + output.zeroPoint())));
  }

  private static int code(float real, Quantization.PerTensor output) {
    return Rounding.toCode(real / output.scale(), output.zeroPoint());
  }

  private static byte[] leaky(
      Quantization.PerTensor input, Quantization.PerTensor output, float alpha) {
    FixedPointMultiplier identity = FixedPointMultiplier.of(input.scale() / output.scale());
    FixedPointMultiplier slope = FixedPointMultiplier.of(input.scale() * alpha / output.scale());
    return table(
        x -> {
          int value = x - input.zeroPoint();
          int scaled = value >= 0 ? identity.apply(value) : slope.apply(value);
          return ActivationRange.FULL.clamp(scaled + output.zeroPoint());
        });
  }

  /** A function of a real value, correctly rounded to float. */
  private interface RealFunction {
    float apply(float x);
  }

  private static float logistic(float x) {
    return 1f / (1f + exp(-x));
  }

  private static float exp(float x) {
    return (float) StrictMath.exp(x);
  }

  /**
   * Dequantize, evaluate, quantize, each step in float. Values too large for the output saturate
   * (the kernel leaves those beyond int32 undefined).
   */
  private static byte[] evaluated(
      Quantization.PerTensor input, Quantization.PerTensor output, RealFunction function) {
    float inverse = 1 / output.scale();
    return table(
        x -> {
          float real = input.scale() * (x - input.zeroPoint());
          float quotient = function.apply(real) * inverse;
          return ActivationRange.FULL.clamp(Rounding.toCode(quotient, output.zeroPoint()));
        });
  }

  private static byte[] table(IntUnaryOperator function) {
    byte[] table = new byte[256];
    for (int code = Byte.MIN_VALUE; code <= Byte.MAX_VALUE; code++) {
      table[code - Byte.MIN_VALUE] = (byte) function.applyAsInt(code);
    }
    return table;
  }
}
