// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** One NumPy array in memory: its header and its elements in C order. */
final class NpyArray {
  /** One GiB: more than any calibration set needs, less than a hostile header may claim. */
  private static final long MAX_BYTES = 1L << 30;

  private final NpyHeader header;
  private final byte[] bytes;
  private final ByteBuffer view;

  private NpyArray(NpyHeader header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
    this.view = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * Reads header and elements. Memory grows with what is really there, not with what is claimed.
   */
  static NpyArray read(InputStream stream) throws IOException, Refused {
    DataInputStream in = new DataInputStream(stream);
    NpyHeader header = NpyHeader.read(in);
    long size = header.bytes(MAX_BYTES);
    if (size > MAX_BYTES) {
      throw new Refused("it needs more than 1 GiB; split the set or use an image folder");
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new Refused(
          "it is cut short: %s needs %d bytes but there are %d"
              .formatted(header, size, bytes.length));
    }
    return new NpyArray(header, bytes);
  }

  NpyHeader header() {
    return header;
  }

  double number(int index) {
    return header.type().number(view, index);
  }

  String text(int index) {
    return header.type().text(view, index);
  }

  /** Copies bytes {@code from} to {@code from + length} of the elements. */
  byte[] bytes(int from, int length) {
    byte[] copy = new byte[length];
    System.arraycopy(bytes, from, copy, 0, length);
    return copy;
  }
}
