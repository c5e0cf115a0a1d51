// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit.firmware;

import dev.facsimile.emit.TemplateRenderer;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.CRC32;

/**
 * A network of two layers written by hand, so that boards and self-test can be tested without the
 * generator: 16 bytes are tripled, then folded to 4 by exclusive or.
 */
public final class XorNetwork {
  static final String HEADER =
      """
      #ifndef XOR_H
      #define XOR_H
      #include <stdint.h>
      #define XOR_ARENA_BYTES 64u
      typedef struct {
          int8_t arena[XOR_ARENA_BYTES];
      } xor_context;
      void xor_init(xor_context *context);
      void xor_run(xor_context *context);
      #endif
      """;

  public static final String SOURCE =
      """
      #include "xor.h"
      #if defined(XOR_LAYER_HOOK)
      void XOR_LAYER_HOOK(uint32_t layer, const char *name, const int8_t *output, uint32_t bytes);
      #define HOOK(layer, name, output, bytes) XOR_LAYER_HOOK(layer, name, output, bytes)
      #else
      #define HOOK(layer, name, output, bytes) ((void)0)
      #endif
      static void layer_00_triple(int8_t *arena)
      {
          int i;
          for (i = 0; i < 16; i++) {
              arena[32 + i] = (int8_t)((arena[i] * 3) & 0x7f);
          }
      }
      static void layer_01_fold(int8_t *arena)
      {
          int i;
          for (i = 0; i < 4; i++) {
              arena[i] = (int8_t)(arena[32 + i] ^ arena[36 + i] ^ arena[40 + i] ^ arena[44 + i]);
          }
      }
      void xor_init(xor_context *context)
      {
          (void)context;
      }
      void xor_run(xor_context *context)
      {
          layer_00_triple(context->arena);
          HOOK(0u, "layer_00_triple", &context->arena[32], 16u);
          layer_01_fold(context->arena);
          HOOK(1u, "layer_01_fold", &context->arena[0], 4u);
      }
      """;

  private XorNetwork() {}

  /** Writes a whole firmware folder. */
  public static void write(Path folder, String target) throws IOException {
    SortedMap<String, String> files =
        FirmwareFiles.of(new TemplateRenderer(), firmware(target), vectors());
    files.put("include/xor.h", HEADER);
    files.put("src/xor.c", SOURCE);
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  public static Firmware firmware(String target) {
    return new Firmware(
        "xor",
        "XOR",
        "ab".repeat(32),
        "portable",
        Targets.load().find(target),
        List.of("src/xor.c"),
        List.of(),
        List.of("include"),
        List.of(new Firmware.Area("x", 0, 16)),
        List.of(new Firmware.Area("y", 0, 4)),
        List.of(
            new Firmware.Area("layer_00_triple", 32, 16), new Firmware.Area("layer_01_fold", 0, 4)),
        List.of(
            new Firmware.LiveSlot(0, 16, -1, 0),
            new Firmware.LiveSlot(32, 16, 0, 1),
            new Firmware.LiveSlot(0, 4, 1, 2)),
        0,
        64,
        2048);
  }

  static List<Vector> vectors() {
    List<Vector> vectors = new ArrayList<>();
    for (int v = 0; v < 3; v++) {
      byte[] input = new byte[16];
      byte[] tripled = new byte[16];
      byte[] folded = new byte[4];
      for (int i = 0; i < 16; i++) {
        input[i] = (byte) (i * 37 + 11 + v * 5);
        tripled[i] = (byte) (input[i] * 3 & 0x7f);
        folded[i % 4] ^= tripled[i];
      }
      vectors.add(
          new Vector(
              List.of(ConstantBytes.of(input)),
              Arrays.asList(crc(tripled), crc(folded)),
              List.of(ConstantBytes.of(folded))));
    }
    return vectors;
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
