// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file (NEP 1, format versions 1.0, 2.0 and 3.0).
 *
 * @param type element type
 * @param shape dimensions, outermost first; a scalar has none
 */
record NpyHeader(NpyType type, List<Long> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final int MAX_RANK = 8;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Why an array cannot be read; the caller knows the file and the array's name. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** Reads the header; the stream then stands at the first element. */
  static NpyHeader read(DataInputStream in) throws IOException, Refused {
    try {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new Refused("it is not a NumPy array");
      }
      int major = in.readUnsignedByte();
      in.readUnsignedByte();
      if (major < 1 || major > 3) {
        throw new Refused("its format version " + major + " is not known");
      }
      long length = Integer.toUnsignedLong(littleEndian(in, major == 1 ? 2 : 4));
      if (length > MAX_HEADER) {
        throw new Refused("its header claims " + length + " bytes");
      }
      byte[] text = new byte[(int) length];
      in.readFully(text);
      return parse(new String(text, StandardCharsets.UTF_8));
    } catch (EOFException e) {
      throw new Refused("it ends inside its header");
    }
  }

  private static int littleEndian(DataInputStream in, int bytes) throws IOException {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= in.readUnsignedByte() << (8 * i);
    }
    return value;
  }

  private static NpyHeader parse(String header) throws Refused {
    Matcher descr = DESCR.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!descr.find()) {
      throw new Refused("its element type is a structure or missing");
    }
    if (!order.find() || !shape.find()) {
      throw new Refused("its header is damaged");
    }
    NpyType type = NpyType.of(descr.group(1));
    List<Long> dims = dims(shape.group(1));
    if (order.group(1).equals("True") && dims.size() > 1) {
      throw new Refused(
          "it is in Fortran order; save it with numpy.ascontiguousarray, which gives C order");
    }
    return new NpyHeader(type, dims);
  }

  private static List<Long> dims(String tuple) throws Refused {
    List<Long> dims = new ArrayList<>();
    for (String part : tuple.split(",", -1)) {
      String digits = part.replace("L", "").strip();
      if (digits.isEmpty()) {
        continue;
      }
      if (!digits.matches("[0-9]{1,12}")) {
        throw new Refused("its shape is damaged or huge");
      }
      dims.add(Long.parseLong(digits));
    }
    if (dims.size() > MAX_RANK) {
      throw new Refused("it has more than " + MAX_RANK + " dimensions");
    }
    return dims;
  }

  /** Bytes of all elements, or more than {@code limit} where that is exceeded. */
  long bytes(long limit) {
    long bytes = type.bytes();
    for (long dim : shape) {
      if (dim != 0 && bytes > limit / dim) {
        return limit + 1;
      }
      bytes *= dim;
    }
    return bytes;
  }

  /** Elements of an array that is in memory. */
  long elements() {
    return bytes(Long.MAX_VALUE - 1) / type.bytes();
  }

  /** Examples in the array: its first dimension. */
  long rows() {
    return shape.isEmpty() ? 1 : shape.get(0);
  }

  /** {@code uint8 [384, 64, 64]}. */
  @Override
  public String toString() {
    return type + " " + shape;
  }
}
