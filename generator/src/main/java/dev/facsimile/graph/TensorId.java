// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

/** Names one tensor of one graph. Passes that add a tensor take {@link Graph#nextTensorId()}. */
public record TensorId(int value) implements Comparable<TensorId> {
  public TensorId {
    if (value < 0) {
      throw new IllegalArgumentException("tensor id must be >= 0 but was " + value);
    }
  }

  @Override
  public int compareTo(TensorId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "%" + value;
  }
}
