// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Element type of a NumPy array.
 *
 * @param code NumPy's letter: b (bool), i, u, f, or U (text of fixed length)
 * @param bytes size of one element
 */
record NpyType(char code, int bytes, ByteOrder order) {
  private static final int MAX_TEXT = 1024;

  /** Reads a dtype string such as {@code <f4}, {@code |u1} or {@code <U12}. */
  static NpyType of(String descr) throws Refused {
    if (!descr.matches("[<>|=][a-zA-Z][0-9]{1,6}")) {
      throw new Refused("its element type '" + descr + "' is not supported");
    }
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    char code = descr.charAt(1);
    int size = Integer.parseInt(descr.substring(2));
    boolean known =
        switch (code) {
          case 'b' -> size == 1;
          case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
          case 'f' -> size == 4 || size == 8;
          case 'U' -> size <= MAX_TEXT;
          default -> false;
        };
    if (!known) {
      throw new Refused(
          "its element type '"
              + descr
              + "' is not supported; use uint8, int8, int32, int64, float32, float64, bool or str");
    }
    return new NpyType(code, code == 'U' ? 4 * size : size, order);
  }

  boolean isText() {
    return code == 'U';
  }

  boolean isUnsignedByte() {
    return code == 'u' && bytes == 1;
  }

  /** Element {@code index} of the buffer as a number. */
  double number(ByteBuffer data, int index) {
    int at = index * bytes;
    ByteBuffer ordered = data.duplicate().order(order);
    return switch (code) {
      case 'b' -> ordered.get(at) == 0 ? 0 : 1;
      case 'f' -> bytes == 4 ? ordered.getFloat(at) : ordered.getDouble(at);
      case 'i', 'u' -> integer(ordered, at);
      default -> throw new IllegalStateException("a text is not a number");
    };
  }

  private double integer(ByteBuffer data, int at) {
    boolean unsigned = code == 'u';
    return switch (bytes) {
      case 1 -> unsigned ? Byte.toUnsignedInt(data.get(at)) : data.get(at);
      case 2 -> unsigned ? Short.toUnsignedInt(data.getShort(at)) : data.getShort(at);
      case 4 -> unsigned ? Integer.toUnsignedLong(data.getInt(at)) : data.getInt(at);
      default -> unsigned ? unsignedLong(data.getLong(at)) : data.getLong(at);
    };
  }

  private static double unsignedLong(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }

  /** Element {@code index} of the buffer as text, without the zeros that pad it. */
  String text(ByteBuffer data, int index) {
    ByteBuffer ordered = data.duplicate().order(order);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes / 4; i++) {
      int codePoint = ordered.getInt(index * bytes + 4 * i);
      if (codePoint == 0) {
        break;
      }
      text.appendCodePoint(Character.isValidCodePoint(codePoint) ? codePoint : '?');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return switch (code) {
      case 'b' -> "bool";
      case 'i' -> "int" + 8 * bytes;
      case 'u' -> "uint" + 8 * bytes;
      case 'f' -> "float" + 8 * bytes;
      default -> "str";
    };
  }
}
