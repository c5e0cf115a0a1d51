// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;

/**
 * Numbers of an int8 DIV. TensorFlow Lite has none; the contract is ours: clamp(outputZeroPoint +
 * reciprocal(y) * ((x - zeroPointA) << 16)), reciprocals rounded from 31 bits. What is divided by
 * zero becomes the end of the range on its side, and zero by zero is zero.
 *
 * @param unit a's scale / (b's scale * output's scale * 2^16): the factor of a divisor one step
 *     above zero
 */
public record DivParameters(
    int zeroPointA,
    int zeroPointB,
    int outputZeroPoint,
    FixedPointMultiplier unit,
    ActivationRange range) {

  /** Bits by which numerators are lifted, so that only the last rounding counts. */
  public static final int LEFT_SHIFT = 16;

  // Beyond these, with 255 steps above or below the line, every quotient is 0 or leaves int8.
  private static final double SMALLEST = 0x1p-15;
  private static final double LARGEST = 0x1p21;

  public static DivParameters of(Graph graph, Binary op) {
    Quantization.PerTensor a = graph.tensor(op.a()).perTensor();
    Quantization.PerTensor b = graph.tensor(op.b()).perTensor();
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    double factor = a.scale() / ((double) b.scale() * output.scale());
    double held = Math.max(SMALLEST, Math.min(LARGEST, factor));
    return new DivParameters(
        a.zeroPoint(),
        b.zeroPoint(),
        output.zeroPoint(),
        FixedPointMultiplier.of(held / (1 << LEFT_SHIFT)),
        ActivationRange.of(op.activation(), graph.tensor(op.output())));
  }

  /** The output code of two operand codes. */
  public int apply(int x, int y) {
    int numerator = x - zeroPointA;
    int reciprocal = reciprocal(y);
    if (reciprocal == 0) {
      return range.clamp(numerator == 0 ? outputZeroPoint : numerator < 0 ? -128 : 127);
    }
    int quotient = FixedPointMultiplier.multiply(numerator << LEFT_SHIFT, reciprocal, unit.shift());
    return range.clamp(quotient + outputZeroPoint);
  }

  /** The multiplier of a divisor's code, to be applied with the unit's shift; 0 stands for zero. */
  private int reciprocal(int code) {
    int divisor = code - zeroPointB;
    return divisor == 0 ? 0 : (int) Rounding.halfAwayFromZero((double) unit.multiplier() / divisor);
  }

  /** The multipliers of all divisors; entry code + 128 is that of code. */
  public int[] toTable() {
    int[] table = new int[256];
    for (int code = Byte.MIN_VALUE; code <= Byte.MAX_VALUE; code++) {
      table[code - Byte.MIN_VALUE] = reciprocal(code);
    }
    return table;
  }
}
