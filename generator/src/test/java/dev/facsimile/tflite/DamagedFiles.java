// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Files in which up to four words were damaged, three of four of them where the tables are. */
public final class DamagedFiles {
  /** Where flatbuffers keep their tables; contents of constants lie behind. */
  private static final int TABLES = 16 << 10;

  private static final int[] EDGES = {
    0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x40000000, 0x10000, 0x7fff
  };

  private DamagedFiles() {}

  /** Another damage for each seed; always the same for the same one. */
  public static byte[] of(byte[] file, long seed) {
    Random random = new Random(seed);
    byte[] damaged = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      int reach = random.nextInt(4) > 0 ? Math.min(TABLES, file.length) : file.length;
      int at = random.nextInt(reach - 8) & ~3;
      switch (random.nextInt(6)) {
        case 0 -> damaged[at + random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes.putInt(at, random.nextInt());
        case 2 -> bytes.putInt(at, random.nextInt(file.length));
        case 3 -> bytes.putInt(at, bytes.getInt(at) + random.nextInt(9) - 4);
        case 4 -> bytes.putInt(at, EDGES[random.nextInt(EDGES.length)]);
        default -> bytes.putInt(at, bytes.getInt(random.nextInt(reach - 8) & ~3));
      }
    }
    return damaged;
  }
}
