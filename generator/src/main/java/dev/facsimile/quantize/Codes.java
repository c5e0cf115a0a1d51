// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Tensor;

/**
 * Reads and writes single elements of an integer tensor's memory, which is a byte array that holds
 * exactly what the memory of the generated C does: little-endian, row-major, {@link DType#bytes()}
 * bytes an element.
 */
public enum Codes {
  /** One byte an element. */
  INT8(1, Byte.MIN_VALUE, Byte.MAX_VALUE) {
    @Override
    public int get(byte[] memory, int index) {
      return memory[index];
    }

    @Override
    public void put(byte[] memory, int index, int code) {
      memory[index] = (byte) code;
    }
  },
  /** Two bytes an element. */
  INT16(2, Short.MIN_VALUE, Short.MAX_VALUE) {
    @Override
    public int get(byte[] memory, int index) {
      return (memory[2 * index] & 0xff) | memory[2 * index + 1] << 8;
    }

    @Override
    public void put(byte[] memory, int index, int code) {
      memory[2 * index] = (byte) code;
      memory[2 * index + 1] = (byte) (code >> 8);
    }
  },
  /** Four bytes an element. */
  INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE) {
    @Override
    public int get(byte[] memory, int index) {
      int at = 4 * index;
      return (memory[at] & 0xff)
          | (memory[at + 1] & 0xff) << 8
          | (memory[at + 2] & 0xff) << 16
          | memory[at + 3] << 24;
    }

    @Override
    public void put(byte[] memory, int index, int code) {
      for (int i = 0; i < 4; i++) {
        memory[4 * index + i] = (byte) (code >> (8 * i));
      }
    }
  };

  private final int bytes;
  private final int min;
  private final int max;

  Codes(int bytes, int min, int max) {
    this.bytes = bytes;
    this.min = min;
    this.max = max;
  }

  /** Access to tensors of this type; a bug in the caller for types that no integer kernel has. */
  public static Codes of(DType type) {
    return switch (type) {
      case INT8 -> INT8;
      case INT16 -> INT16;
      case INT32 -> INT32;
      case FLOAT32, FLOAT16, UINT8, INT64, BOOL ->
          throw new IllegalArgumentException("no integer kernel has tensors of " + type);
    };
  }

  public static Codes of(Tensor tensor) {
    return of(tensor.type());
  }

  /** The element at {@code index}, counted in elements. */
  public abstract int get(byte[] memory, int index);

  /** Stores the low bits of {@code code} at {@code index}, counted in elements. */
  public abstract void put(byte[] memory, int index, int code);

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  /** Smallest code. */
  public int min() {
    return min;
  }

  /** Largest code. */
  public int max() {
    return max;
  }

  /** The nearest code. */
  public int clamp(int value) {
    return Math.min(Math.max(value, min), max);
  }

  /** All elements. */
  public int[] toInts(byte[] memory, int elements) {
    int[] codes = new int[elements];
    for (int i = 0; i < elements; i++) {
      codes[i] = get(memory, i);
    }
    return codes;
  }
}
