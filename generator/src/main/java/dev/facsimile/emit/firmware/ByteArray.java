// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.graph.ConstantBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * An int8_t array as C spells it.
 *
 * @param lines its elements, separated by commas, some to a line
 */
public record ByteArray(String name, int size, List<String> lines) {
  private static final int PER_LINE = 24;

  static ByteArray of(String name, ConstantBytes content) {
    byte[] bytes = content.toBytes();
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < bytes.length; start += PER_LINE) {
      StringBuilder line = new StringBuilder();
      for (int i = start; i < Math.min(start + PER_LINE, bytes.length); i++) {
        line.append(bytes[i]).append(", ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return new ByteArray(name, bytes.length, List.copyOf(lines));
  }
}
