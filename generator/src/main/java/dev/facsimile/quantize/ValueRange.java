// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Quantization;

/**
 * The real values an integer tensor can express. Always holds 0, which must have a code of its own:
 * padding and ReLU produce exact zeros.
 *
 * @param min 0 or less
 * @param max 0 or more
 */
public record ValueRange(double min, double max) {
  /** Narrower than this no real tensor is: it was constantly zero while it was observed. */
  private static final double NOTHING = 1e-9;

  public ValueRange {
    if (!(min <= 0 && max >= 0) || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException("not a finite range around 0: " + min + ".." + max);
    }
  }

  /** The smallest range that holds both values and 0. */
  public static ValueRange of(double min, double max) {
    return new ValueRange(Math.min(0, min), Math.max(0, max));
  }

  public double width() {
    return max - min;
  }

  public ValueRange union(ValueRange other) {
    return new ValueRange(Math.min(min, other.min), Math.max(max, other.max));
  }

  /**
   * Scale and zero point for codes of this type: as {@link #toQuantization()} for int8; for int16
   * symmetric around 0, 65,535 codes of them.
   */
  public Quantization.PerTensor toQuantization(DType type) {
    if (type == DType.INT8) {
      return toQuantization();
    }
    double largest = Math.max(-min, max);
    return new Quantization.PerTensor((float) (Math.max(largest, NOTHING) / Short.MAX_VALUE), 0);
  }

  /**
   * Scale and zero point of 256 codes over this range. The zero point is an integer, so the range
   * that is really expressed moves by up to half a step (TensorFlow's "nudged" range).
   */
  public Quantization.PerTensor toQuantization() {
    if (width() < NOTHING) {
      return new Quantization.PerTensor(1f / 255, Byte.MIN_VALUE);
    }
    float scale = (float) (width() / 255);
    long zeroPoint = Rounding.halfAwayFromZero(Byte.MIN_VALUE - min / scale);
    return new Quantization.PerTensor(
        scale, (int) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, zeroPoint)));
  }
}
