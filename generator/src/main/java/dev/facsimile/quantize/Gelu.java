// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

/** Both forms of GELU, with every step rounded to float as TensorFlow Lite's kernels do. */
public final class Gelu {
  private static final float SQRT_TWO_OVER_PI = (float) Math.sqrt(2 / Math.PI);
  private static final float MINUS_SQRT_HALF = (float) -Math.sqrt(0.5);

  private Gelu() {}

  /** x / 2 (1 + erf(x / sqrt(2))). */
  public static float exact(float x) {
    return 0.5f * x * (float) ErrorFunction.complement(x * MINUS_SQRT_HALF);
  }

  /** x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). */
  public static float approximate(float x) {
    float inner = SQRT_TWO_OVER_PI * (x + 0.044715f * x * x * x);
    return 0.5f * x * (1f + (float) StrictMath.tanh(inner));
  }
}
