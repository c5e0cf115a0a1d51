// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;

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

  /** Every step in float, as the kernel computes it. */
  static InterpolatedTable of(
      Quantization.PerTensor input, Quantization.PerTensor output, RealFunction function) {
    float inputMin = input.scale() * Short.MIN_VALUE;
    float inputMax = input.scale() * Short.MAX_VALUE;
    float outputMin = output.scale() * Short.MIN_VALUE;
    float outputMax = output.scale() * Short.MAX_VALUE;
    float step = (inputMax - inputMin) / STEPS;
    float half = step / 2;
    float inverse = 65536f / (outputMax - outputMin);
    short[] entries = new short[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      float value = function.apply(inputMin + i * step);
      float middle = function.apply(inputMin + i * step + half);
      float next = function.apply(inputMin + (i + 1) * step);
      float sample = round(value * inverse);
      float line = round((next * inverse + sample) / 2);
      float miss = line - round(middle * inverse);
      entries[i] = code(sample - round(miss / 2));
    }
    entries[STEPS] = code(round(function.apply(inputMax) * inverse));
    return new InterpolatedTable(entries);
  }

  private static float round(float value) {
    return Rounding.halfAwayFromZero(value);
  }

  private static short code(float value) {
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
