// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;

/** Between real values and int8 codes, at the edges of an integer network. */
public final class AffineMapping {
  private AffineMapping() {}

  /**
   * The code nearest to a real value, halves away from zero, saturating (TensorFlow Lite's
   * AffineQuantize: the quotient is a float). Not a number becomes the zero point.
   */
  public static byte quantize(float real, Quantization.PerTensor quantization) {
    int code = Rounding.toCode(real / quantization.scale(), quantization.zeroPoint());
    return (byte) ActivationRange.FULL.clamp(code);
  }

  /** The codes nearest to real values. */
  public static byte[] quantize(float[] reals, Quantization.PerTensor quantization) {
    byte[] codes = new byte[reals.length];
    for (int i = 0; i < reals.length; i++) {
      codes[i] = quantize(reals[i], quantization);
    }
    return codes;
  }

  /** The real value of a code. */
  public static float dequantize(byte code, Quantization.PerTensor quantization) {
    return quantization.scale() * (code - quantization.zeroPoint());
  }

  /** The real values of codes. */
  public static float[] dequantize(byte[] codes, Quantization.PerTensor quantization) {
    float[] reals = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      reals[i] = dequantize(codes[i], quantization);
    }
    return reals;
  }
}
