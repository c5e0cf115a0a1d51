// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.graph.Activation;

/** A fused activation of a float operator: like TensorFlow Lite's, it brings infinities to MAX. */
record FloatRange(float min, float max) {
  static FloatRange of(Activation activation) {
    float lowest = Math.max(activation.min(), -Float.MAX_VALUE);
    float highest = Math.min(activation.max(), Float.MAX_VALUE);
    return new FloatRange(lowest, highest);
  }

  /** C++'s min(max(x, min), max): keeps not-a-number and the sign of zero. */
  float clamp(float x) {
    float lifted = x < min ? min : x;
    return lifted > max ? max : lifted;
  }

  /** Writes clamp(sums[c] + bias[c]) to {@code output} from {@code offset} on. */
  void store(float[] sums, float[] bias, float[] output, int offset) {
    for (int c = 0; c < sums.length; c++) {
      output[offset + c] = clamp(sums[c] + bias[c]);
    }
  }
}
