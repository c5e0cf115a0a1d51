// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.serial.SerialLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;

/** A line that loses, doubles and changes bytes, both ways, as often as it is told. */
final class FaultyLine implements SerialLine {
  private final SerialLine line;
  private final double rate;
  private final Random incoming;
  private final Random outgoing;

  /**
   * Around a good line.
   *
   * @param rate how many of the bytes have something done to them, 0 to 1
   */
  FaultyLine(SerialLine line, double rate, long seed) {
    this.line = line;
    this.rate = rate;
    this.incoming = new Random(seed);
    this.outgoing = new Random(seed + 1);
  }

  /** What becomes of one byte. */
  private byte[] pass(Random random, int value) {
    if (random.nextDouble() >= rate) {
      return new byte[] {(byte) value};
    }
    return switch (random.nextInt(3)) {
      case 0 -> new byte[0];
      case 1 -> new byte[] {(byte) value, (byte) value};
      default -> new byte[] {(byte) (value ^ (1 << random.nextInt(8)))};
    };
  }

  @Override
  public InputStream input() {
    return new InputStream() {
      private byte[] pending = {};
      private int next;

      @Override
      public int read() throws IOException {
        while (next == pending.length) {
          int value = line.input().read();
          if (value < 0) {
            return value;
          }
          pending = pass(incoming, value);
          next = 0;
        }
        return pending[next++] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int count) throws IOException {
        int value = read();
        if (value < 0) {
          return value;
        }
        bytes[offset] = (byte) value;
        return 1;
      }
    };
  }

  @Override
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        line.output().write(pass(outgoing, value & 0xff));
      }
    };
  }

  @Override
  public void close() {
    line.close();
  }
}
