// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.graph.ConstantBytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The lines that a self-test must print, {@code vectors/expected.txt}:
 *
 * <pre>{@code
 * begin vectors=<n> layers=<m>
 * layer v=<vector> n=<layer> name=<C name> crc=<CRC-32 of the layer's output, 8 hex digits>
 * output v=<vector> port=<index> bytes=<all bytes, hex>
 * end crc=<CRC-32 of all layer and output lines with their newlines>
 * }</pre>
 *
 * The {@code layer} and {@code output} lines of a vector follow each other.
 */
final class ExpectedOutput {
  private ExpectedOutput() {}

  static String of(Firmware firmware, List<Vector> vectors) {
    StringBuilder lines = new StringBuilder();
    for (int v = 0; v < vectors.size(); v++) {
      Vector vector = vectors.get(v);
      for (int n = 0; n < firmware.layers().size(); n++) {
        lines.append(
            String.format(
                Locale.ROOT,
                "layer v=%d n=%d name=%s crc=%08x\n",
                v,
                n,
                firmware.layers().get(n).name(),
                vector.layerCrcs().get(n)));
      }
      for (int port = 0; port < vector.outputs().size(); port++) {
        lines.append(outputLine(v, port, vector.outputs().get(port)));
      }
    }
    CRC32 crc = new CRC32();
    crc.update(lines.toString().getBytes(StandardCharsets.US_ASCII));
    return String.format(
        Locale.ROOT,
        "begin vectors=%d layers=%d\n%send crc=%08x\n",
        vectors.size(),
        firmware.layers().size(),
        lines,
        crc.getValue());
  }

  private static String outputLine(int vector, int port, ConstantBytes bytes) {
    return "output v=%s port=%s bytes=%s\n"
        .formatted(vector, port, HexFormat.of().formatHex(bytes.toBytes()));
  }
}
