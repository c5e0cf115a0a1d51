// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Quantization;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights and biases of one matrix-like operator as integers: weights int8 in -127..127, symmetric,
 * a scale for each output channel; biases int32 of scale inputScale * weightScale[channel].
 *
 * @param scales one for each output channel
 * @param weights row-major in the layout of the float weights
 * @param biases int32, one for each output channel
 */
record WeightCodes(List<Float> scales, ConstantBytes weights, ConstantBytes biases) {
  private static final int MAX_CODE = 127;

  /** A bias takes at most this much of an int32, so that the sum of products has room beside it. */
  private static final double MAX_BIAS = 1 << 29;

  /**
   * An accumulator step is at least this part of an output step: finer ones cannot change the
   * output, and would make the multiplier vanish for channels whose weights are all but zero.
   */
  private static final double FINEST_STEP = 0x1p-16;

  /**
   * The magnitudes of one channel's codes add up to this at most where inputs are int16, so that
   * 32768 times their sum leaves room for {@link #MAX_BIAS} in an int32.
   */
  private static final double MAX_WIDE_SUM = 48_000;

  WeightCodes {
    scales = List.copyOf(scales);
  }

  /**
   * Rounds to the nearest code, halves away from zero.
   *
   * @param weights float weights
   * @param channelStride elements between two neighbours along the axis of output channels
   * @param biases float biases, one for each output channel
   * @param inputType int8 or int16
   */
  static WeightCodes of(
      double[] weights,
      int channelStride,
      double[] biases,
      float inputScale,
      float outputScale,
      DType inputType) {
    int channels = biases.length;
    double[] largest = new double[channels];
    double[] sums = new double[channels];
    for (int i = 0; i < weights.length; i++) {
      int channel = i / channelStride % channels;
      largest[channel] = Math.max(largest[channel], Math.abs(weights[i]));
      sums[channel] += Math.abs(weights[i]);
    }
    List<Float> scales = new ArrayList<>();
    int[] biasCodes = new int[channels];
    for (int c = 0; c < channels; c++) {
      double scale = largest[c] / MAX_CODE;
      scale = Math.max(scale, Math.abs(biases[c]) / (inputScale * MAX_BIAS));
      if (inputType == DType.INT16) {
        scale = Math.max(scale, sums[c] / MAX_WIDE_SUM);
      }
      scale = Math.max(scale, outputScale / (double) inputScale * FINEST_STEP);
      float stored = (float) scale;
      scales.add(stored);
      biasCodes[c] =
          (int) Rounding.halfAwayFromZero(biases[c] / ((double) inputScale * (double) stored));
    }
    return new WeightCodes(
        scales, codes(weights, channelStride, scales), ConstantBytes.ofInts(biasCodes));
  }

  private static ConstantBytes codes(double[] weights, int channelStride, List<Float> scales) {
    byte[] codes = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      double scale = scales.get(i / channelStride % scales.size());
      long code = Rounding.halfAwayFromZero(weights[i] / scale);
      codes[i] = (byte) Math.max(-MAX_CODE, Math.min(MAX_CODE, code));
    }
    return ConstantBytes.of(codes);
  }

  /** Scales of the biases, as the file format stores them. */
  Quantization.PerChannel biasQuantization(float inputScale) {
    return new Quantization.PerChannel(
        scales.stream().map(scale -> inputScale * scale).toList(), 0);
  }
}
