// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import java.util.Optional;

/**
 * Constants of one gate of a recurrent layer as integers: matrices int8 in -127..127, symmetric,
 * with one scale each, and an int32 bias in the scale of the products with the input.
 */
record GateCodes(Tensor weights, Tensor recurrent, Tensor bias) {
  private static final int MAX_CODE = 127;

  /** A bias takes at most this much of an int32, so that the sum of products has room beside it. */
  private static final double MAX_BIAS = 1 << 29;

  /** What a matrix of zeros is quantized with. */
  private static final double ANY_SCALE = 1.0 / MAX_CODE;

  /**
   * Rounds to the nearest code, halves away from zero.
   *
   * @param biases the values of {@code bias}, corrected for what the input's codes are off by
   */
  static GateCodes of(
      Tensor weights,
      double[] weightValues,
      Tensor recurrent,
      double[] recurrentValues,
      Tensor bias,
      double[] biases,
      float inputScale) {
    double coarsest = largest(biases) / (MAX_BIAS * inputScale);
    float scale = (float) Math.max(scaleOf(weightValues), coarsest);
    float product = scale * inputScale;
    int[] sums = new int[biases.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (int) Rounding.halfAwayFromZero(biases[i] / product);
    }
    return new GateCodes(
        coded(weights, weightValues, scale),
        coded(recurrent, recurrentValues, (float) scaleOf(recurrentValues)),
        bias.withConstant(
            bias.shape(),
            DType.INT32,
            Optional.of(new Quantization.PerTensor(product, 0)),
            ConstantBytes.ofInts(sums)));
  }

  private static double scaleOf(double[] values) {
    double largest = largest(values);
    return largest > 0 ? Math.max(largest / MAX_CODE, Float.MIN_NORMAL) : ANY_SCALE;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static Tensor coded(Tensor tensor, double[] values, float scale) {
    byte[] codes = new byte[values.length];
    for (int i = 0; i < codes.length; i++) {
      long code = Rounding.halfAwayFromZero(values[i] / scale);
      codes[i] = (byte) Math.max(-MAX_CODE, Math.min(MAX_CODE, code));
    }
    return tensor.withConstant(
        tensor.shape(),
        DType.INT8,
        Optional.of(new Quantization.PerTensor(scale, 0)),
        ConstantBytes.of(codes));
  }
}
