// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * One NumPy array: its header and its elements in C order. Small arrays are in memory. Large ones
 * are unpacked into a temporary file, which is mapped and disappears with the process: a compressed
 * archive can only be read from its start, and examples are wanted in any order.
 */
final class NpyArray {
  /** Larger arrays go to a file. */
  private static final int MOST_IN_MEMORY = 16 << 20;

  /** More than any data set needs, less than a hostile header may claim. */
  private static final long MOST_BYTES = 16L << 30;

  private static final int SEGMENT = 1 << 30;

  private final NpyHeader header;

  /** Of {@link #SEGMENT} bytes each but the last, so that no number lies across two. */
  private final List<ByteBuffer> segments;

  private NpyArray(NpyHeader header, List<ByteBuffer> segments) {
    this.header = header;
    this.segments = segments;
  }

  /**
   * Reads header and elements. Memory and disk grow with what is really there, not with what is
   * claimed.
   */
  static NpyArray read(InputStream stream) throws IOException, Refused {
    DataInputStream in = new DataInputStream(stream);
    NpyHeader header = NpyHeader.read(in);
    long size = header.bytes(MOST_BYTES);
    if (size > MOST_BYTES) {
      throw new Refused("it needs more than 16 GiB; split the set or use an image folder");
    }
    if (header.type().isText() && size > MOST_IN_MEMORY) {
      throw new Refused("so much text is not expected");
    }
    return new NpyArray(
        header, size > MOST_IN_MEMORY ? mapped(in, header, size) : inMemory(in, header, size));
  }

  private static List<ByteBuffer> inMemory(InputStream in, NpyHeader header, long size)
      throws IOException, Refused {
    byte[] bytes = in.readNBytes((int) size);
    requireAll(header, size, bytes.length);
    return List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  private static List<ByteBuffer> mapped(InputStream in, NpyHeader header, long size)
      throws IOException, Refused {
    Path file = Files.createTempFile("facsimile", ".npy");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      requireAll(header, size, copy(in, channel, size));
      List<ByteBuffer> segments = new ArrayList<>();
      for (long from = 0; from < size; from += SEGMENT) {
        segments.add(
            channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(SEGMENT, size - from)));
      }
      return segments;
    }
  }

  /** Copies at most {@code size} bytes and says how many there were. */
  private static long copy(InputStream in, FileChannel channel, long size) throws IOException {
    byte[] block = new byte[1 << 16];
    long copied = 0;
    while (copied < size) {
      int read = in.readNBytes(block, 0, (int) Math.min(block.length, size - copied));
      if (read == 0) {
        return copied;
      }
      ByteBuffer rest = ByteBuffer.wrap(block, 0, read);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      copied += read;
    }
    return copied;
  }

  private static void requireAll(NpyHeader header, long size, long there) throws Refused {
    if (there < size) {
      throw new Refused(
          "it is cut short: %s needs %d bytes but there are %d".formatted(header, size, there));
    }
  }

  NpyHeader header() {
    return header;
  }

  double number(long index) {
    long at = index * header.type().bytes();
    return header
        .type()
        .number(segments.get((int) (at / SEGMENT)), (int) (at % SEGMENT) / header.type().bytes());
  }

  String text(int index) {
    return header.type().text(segments.get(0), index);
  }

  /** Copies bytes {@code from} to {@code from + length} of the elements. */
  byte[] bytes(long from, int length) {
    byte[] copy = new byte[length];
    int done = 0;
    while (done < length) {
      ByteBuffer segment = segments.get((int) ((from + done) / SEGMENT));
      int at = (int) ((from + done) % SEGMENT);
      int now = Math.min(length - done, segment.limit() - at);
      segment.get(at, copy, done, now);
      done += now;
    }
    return copy;
  }
}
