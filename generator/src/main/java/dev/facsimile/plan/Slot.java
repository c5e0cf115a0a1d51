// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

/** Bytes {@code [offset, offset + bytes)} of the arena. */
public record Slot(int offset, int bytes) {
  public Slot {
    if (offset < 0 || bytes < 1) {
      throw new IllegalArgumentException("slot must be at >= 0 and hold >= 1 byte");
    }
  }

  public int end() {
    return offset + bytes;
  }

  public boolean overlaps(Slot other) {
    return offset < other.end() && other.offset < end();
  }
}
