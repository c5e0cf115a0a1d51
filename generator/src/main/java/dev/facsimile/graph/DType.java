// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

/** Element types of a tensor. */
public enum DType {
  FLOAT32(4),
  FLOAT16(2),
  INT8(1),
  UINT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT16;
  }
}
