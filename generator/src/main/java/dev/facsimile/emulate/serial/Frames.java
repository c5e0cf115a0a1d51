// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate.serial;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/** Frames as docs/serial.md defines them; an instance takes them out of a stream of bytes. */
final class Frames {
  static final int CRC_BYTES = 4;

  private static final int FLAG = 0x7e;
  private static final int ESCAPE = 0x7d;
  private static final int ESCAPED = 0x20;

  /** Far more than any board sends in one. */
  private static final int MOST = 1 << 16;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int mask;

  /** The frame around some bytes, at least one. */
  static byte[] encode(byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(FLAG);
    for (byte b : content) {
      escape(frame, b & 0xff);
    }
    int crc = crc(content);
    for (int shift = 0; shift < 32; shift += 8) {
      escape(frame, crc >>> shift & 0xff);
    }
    frame.write(FLAG);
    return frame.toByteArray();
  }

  private static void escape(ByteArrayOutputStream frame, int value) {
    if (value == FLAG || value == ESCAPE) {
      frame.write(ESCAPE);
      frame.write(value ^ ESCAPED);
    } else {
      frame.write(value);
    }
  }

  static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  /**
   * Takes the next byte, 0 to 255.
   *
   * @return the content of the frame that it ends, if its CRC fits
   */
  Optional<byte[]> accept(int value) {
    if (value == FLAG) {
      byte[] all = bytes.toByteArray();
      bytes.reset();
      mask = 0;
      return content(all);
    }
    if (value == ESCAPE) {
      mask = ESCAPED;
    } else {
      if (bytes.size() < MOST) {
        bytes.write(value ^ mask);
      }
      mask = 0;
    }
    return Optional.empty();
  }

  private static Optional<byte[]> content(byte[] all) {
    if (all.length <= CRC_BYTES || all.length >= MOST) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOf(all, all.length - CRC_BYTES);
    int sent =
        ByteBuffer.wrap(all, content.length, CRC_BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return sent == crc(content) ? Optional.of(content) : Optional.empty();
  }
}
