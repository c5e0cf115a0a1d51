// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Contents of a constant tensor, little-endian, row-major. Owns its bytes: records that hold one
 * stay immutable and compare by content.
 */
public final class ConstantBytes {
  private final byte[] bytes;

  private ConstantBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static ConstantBytes of(byte[] bytes) {
    return new ConstantBytes(bytes.clone());
  }

  /** What remains in {@code buffer}, whose position moves to its limit. */
  public static ConstantBytes copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new ConstantBytes(bytes);
  }

  /** {@code size} bytes that {@code fill} writes into a little-endian buffer. */
  public static ConstantBytes filled(int size, Consumer<ByteBuffer> fill) {
    byte[] bytes = new byte[size];
    fill.accept(littleEndian(bytes));
    return new ConstantBytes(bytes);
  }

  public static ConstantBytes ofInts(int... values) {
    byte[] bytes = new byte[4 * values.length];
    littleEndian(bytes).asIntBuffer().put(values);
    return new ConstantBytes(bytes);
  }

  public static ConstantBytes ofLongs(long... values) {
    byte[] bytes = new byte[8 * values.length];
    littleEndian(bytes).asLongBuffer().put(values);
    return new ConstantBytes(bytes);
  }

  public static ConstantBytes ofFloats(float... values) {
    byte[] bytes = new byte[4 * values.length];
    littleEndian(bytes).asFloatBuffer().put(values);
    return new ConstantBytes(bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  public int size() {
    return bytes.length;
  }

  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  public int[] toInts() {
    int[] values = new int[bytes.length / 4];
    littleEndian(bytes).asIntBuffer().get(values);
    return values;
  }

  public long[] toLongs() {
    long[] values = new long[bytes.length / 8];
    littleEndian(bytes).asLongBuffer().get(values);
    return values;
  }

  public float[] toFloats() {
    float[] values = new float[bytes.length / 4];
    littleEndian(bytes).asFloatBuffer().get(values);
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConstantBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
