// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import java.util.HexFormat;
import java.util.List;

/**
 * What is sent to a board over its serial line, {@code vectors/inputs.txt}: a line {@code input
 * v=<vector> port=<index> bytes=<hex>} for each input of each vector, in order.
 */
final class InputLines {
  private InputLines() {}

  static String of(List<Vector> vectors) {
    StringBuilder lines = new StringBuilder();
    for (int v = 0; v < vectors.size(); v++) {
      for (int port = 0; port < vectors.get(v).inputs().size(); port++) {
        String bytes = HexFormat.of().formatHex(vectors.get(v).inputs().get(port).toBytes());
        lines.append("input v=%s port=%s bytes=%s\n".formatted(v, port, bytes));
      }
    }
    return lines.toString();
  }
}
