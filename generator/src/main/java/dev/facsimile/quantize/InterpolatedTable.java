// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;
import java.util.function.DoubleUnaryOperator;

/**
 * An int16 function of one tensor as TensorFlow Lite's int16 kernels have it: the output codes at
 * every 128th input code, -32768 to 32768, and a straight line between two neighbours. An entry is
 * moved by half of what the line misses the function by in the middle.
 */
public final class InterpolatedTable {
  private static final int STEPS = 512;

  private final short[] entries;

  private InterpolatedTable(short[] entries) {
    this.entries = entries;
  }

  /** A function of a real value, correctly rounded to float. */
  interface RealFunction {
    float apply(float x);
  }

  /** Every step in float, as the kernels of functions compute it. */
  static InterpolatedTable of(
      Quantization.PerTensor input, Quantization.PerTensor output, RealFunction function) {
    return of(
        input.scale() * Short.MIN_VALUE,
        input.scale() * Short.MAX_VALUE,
        output.scale(),
        x -> function.apply((float) x),
        value -> (float) value);
  }

  /**
   * Every step in double, as the int16 SOFTMAX computes its tables.
   *
   * @param inputMin what code -32768 stands for
   * @param inputMax what code 32767 stands for
   */
  static InterpolatedTable ofDoubles(
      double inputMin, double inputMax, double outputScale, DoubleUnaryOperator function) {
    return of(inputMin, inputMax, outputScale, function, value -> value);
  }

  /** After every operation the result is rounded to what the kernel computes in. */
  private static InterpolatedTable of(
      double inputMin,
      double inputMax,
      double outputScale,
      DoubleUnaryOperator function,
      DoubleUnaryOperator held) {
    double outputMin = held.applyAsDouble(outputScale * Short.MIN_VALUE);
    double outputMax = held.applyAsDouble(outputScale * Short.MAX_VALUE);
    double step = held.applyAsDouble(held.applyAsDouble(inputMax - inputMin) / STEPS);
    double half = held.applyAsDouble(step / 2);
    double inverse = held.applyAsDouble(65536 / held.applyAsDouble(outputMax - outputMin));
    DoubleUnaryOperator scaled = x -> held.applyAsDouble(function.applyAsDouble(x) * inverse);
    short[] entries = new short[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      double x = held.applyAsDouble(inputMin + held.applyAsDouble(i * step));
      double next = held.applyAsDouble(inputMin + held.applyAsDouble((i + 1) * step));
      double sample = round(scaled.applyAsDouble(x));
      double sum = held.applyAsDouble(scaled.applyAsDouble(next) + sample);
      double middle = round(scaled.applyAsDouble(held.applyAsDouble(x + half)));
      double miss = held.applyAsDouble(round(held.applyAsDouble(sum / 2)) - middle);
      entries[i] = code(sample - round(held.applyAsDouble(miss / 2)));
    }
    entries[STEPS] = code(round(scaled.applyAsDouble(inputMax)));
    return new InterpolatedTable(entries);
  }

  private static double round(double value) {
    return Rounding.halfAwayFromZero(value);
  }

  private static short code(double value) {
    return (short) Math.min(Math.max(value, Short.MIN_VALUE), Short.MAX_VALUE);
  }

  /** The output code of an input code. The slope and the result wrap to 16 bits. */
  public int apply(int code) {
    int index = 256 + (code >> 7);
    short slope = (short) (entries[index + 1] - entries[index]);
    int delta = (slope * (code & 0x7f) + 64) >> 7;
    return (short) (entries[index] + delta);
  }

  /** The 513 entries. */
  public short[] toTable() {
    return entries.clone();
  }
}
