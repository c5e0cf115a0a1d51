// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;

/**
 * How integers stand for real values: real = (q - zeroPoint) * scale (TFLite 8-bit quantization
 * specification). Scales are floats because the file format stores floats; arithmetic on them is
 * done in double.
 */
public sealed interface Quantization {

  /** Scale of channel {@code channel}; the same for all channels of a per-tensor quantization. */
  float scale(int channel);

  /** One scale and zero point for the whole tensor. */
  record PerTensor(float scale, int zeroPoint) implements Quantization {
    /** Integers that stand for themselves. */
    public static final PerTensor IDENTITY = new PerTensor(1, 0);

    public PerTensor {
      requirePositive(scale);
    }

    @Override
    public float scale(int channel) {
      return scale;
    }
  }

  /** A scale for each index of {@code axis}, symmetric (zero point 0): weights and biases. */
  record PerChannel(List<Float> scales, int axis) implements Quantization {
    public PerChannel {
      scales = List.copyOf(scales);
      scales.forEach(Quantization::requirePositive);
      if (axis < 0) {
        throw new IllegalArgumentException("axis must be >= 0 but was " + axis);
      }
    }

    @Override
    public float scale(int channel) {
      return scales.get(channel);
    }
  }

  private static void requirePositive(float scale) {
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw new IllegalArgumentException("scale must be positive and finite but was " + scale);
    }
  }
}
