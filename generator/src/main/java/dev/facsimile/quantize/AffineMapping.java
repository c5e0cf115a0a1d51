// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;

/** Between real values and codes, at the edges of an integer network. */
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

  /** As {@link #quantize(float, Quantization.PerTensor)}, for tensors of any integer type. */
  public static int code(float real, Tensor tensor) {
    Quantization.PerTensor quantization = tensor.perTensor();
    int code = Rounding.toCode(real / quantization.scale(), quantization.zeroPoint());
    return Codes.of(tensor).clamp(code);
  }

  /** The memory of a tensor that holds the codes nearest to real values. */
  public static byte[] quantize(float[] reals, Tensor tensor) {
    Codes codes = Codes.of(tensor);
    byte[] memory = new byte[reals.length * tensor.type().bytes()];
    for (int i = 0; i < reals.length; i++) {
      codes.put(memory, i, code(reals[i], tensor));
    }
    return memory;
  }

  /** The real value of a code. */
  public static float dequantize(int code, Quantization.PerTensor quantization) {
    return quantization.scale() * (code - quantization.zeroPoint());
  }

  /** The real values that a tensor's memory stands for. */
  public static float[] dequantize(byte[] memory, Tensor tensor) {
    Codes codes = Codes.of(tensor);
    float[] reals = new float[memory.length / tensor.type().bytes()];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = dequantize(codes.get(memory, i), tensor.perTensor());
    }
    return reals;
  }
}
