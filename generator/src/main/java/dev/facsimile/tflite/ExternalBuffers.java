// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import java.nio.ByteBuffer;

/**
 * Finds buffers whose contents lie behind the tables, at an offset from the file's start, as files
 * of more than 2 GB have them: fields of the schema that are newer than our classes. Every offset
 * may point anywhere; what leaves the file is thrown as IndexOutOfBoundsException.
 *
 * <p>Source: {@code Buffer.offset} in schema.fbs, "offset to contents relative to the beginning of
 * the file"; 0 and 1 mean that there is none.
 */
final class ExternalBuffers {
  /** Slots of a vtable: two bytes a field behind its own two sizes. */
  private static final int MODEL_BUFFERS = 4 + 2 * 4;

  private static final int BUFFER_OFFSET = 4 + 2;

  private ExternalBuffers() {}

  /**
   * Whether the contents of the model's buffer {@code index} lie behind the tables.
   *
   * @param file little-endian
   */
  static boolean contain(ByteBuffer file, int index) {
    int model = file.getInt(0);
    int field = model + slot(file, model, MODEL_BUFFERS);
    int vector = field + file.getInt(field);
    int element = vector + 4 + 4 * index;
    int buffer = element + file.getInt(element);
    int offset = slot(file, buffer, BUFFER_OFFSET);
    return offset != 0 && Long.compareUnsigned(file.getLong(buffer + offset), 1) > 0;
  }

  /** Where a field is, from its table's start; 0 where it is absent. */
  private static int slot(ByteBuffer file, int table, int entry) {
    int vtable = table - file.getInt(table);
    return entry < file.getShort(vtable) ? file.getShort(vtable + entry) : 0;
  }
}
