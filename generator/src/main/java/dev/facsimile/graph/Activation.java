// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

/** Activation fused into an operator: a clamp of the real value. */
public enum Activation {
  NONE(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY),
  RELU(0f, Float.POSITIVE_INFINITY),
  RELU6(0f, 6f),
  RELU_N1_TO_1(-1f, 1f);

  private final float min;
  private final float max;

  Activation(float min, float max) {
    this.min = min;
    this.max = max;
  }

  public float min() {
    return min;
  }

  public float max() {
    return max;
  }
}
