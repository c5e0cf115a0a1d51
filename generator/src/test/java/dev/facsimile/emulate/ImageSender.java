// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.serial.SerialLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** The computer's side of the generated example's protocol, as example/images_uart.c tells it. */
final class ImageSender {
  private static final int PIECE_BYTES = 256;
  private static final int ATTEMPTS = 50;
  private static final int SILENT_READS = 10;

  private final SerialLine line;
  private final StringBuilder received = new StringBuilder();

  ImageSender(SerialLine line) {
    this.line = line;
  }

  /** Sends an image; returns the lines of the answer up to {@code done}. */
  List<String> answer(byte[] image) throws IOException {
    int offset = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      while (offset < image.length) {
        int count = Math.min(PIECE_BYTES, image.length - offset);
        send(piece(image, offset, count));
        List<String> said = until(offset + count < image.length ? "next offset=" : "done image=");
        if (said.isEmpty()) {
          break;
        }
        String last = said.get(said.size() - 1);
        if (last.startsWith("done image=")) {
          return said;
        }
        offset = Integer.parseInt(last.substring("next offset=".length()));
      }
    }
    throw new IOException("no answer to an image");
  }

  /** Says that there are no more images; returns what the board says to that. */
  List<String> end() throws IOException {
    send(new byte[] {2});
    return until("stack used=");
  }

  private static byte[] piece(byte[] image, int offset, int count) {
    ByteBuffer content = ByteBuffer.allocate(5 + count).order(ByteOrder.LITTLE_ENDIAN);
    return content.put((byte) 1).putInt(offset).put(image, offset, count).array();
  }

  private void send(byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteBuffer body = ByteBuffer.allocate(content.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    body.put(content).putInt((int) crc.getValue());
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x7e);
    for (byte value : body.array()) {
      if (value == 0x7e || value == 0x7d) {
        frame.write(0x7d);
        frame.write(value ^ 0x20);
      } else {
        frame.write(value);
      }
    }
    frame.write(0x7e);
    line.output().write(frame.toByteArray());
    line.output().flush();
  }

  /** Lines up to one that begins so, or with next; none where the line stays silent. */
  private List<String> until(String beginning) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int silent = 0; silent < SILENT_READS; ) {
      int value = line.input().read();
      silent = value < 0 ? silent + 1 : 0;
      if (value == '\n') {
        lines.add(received.toString());
        received.setLength(0);
        String last = lines.get(lines.size() - 1);
        if (last.startsWith(beginning) || last.startsWith("next offset=")) {
          return lines;
        }
      } else if (value >= 0) {
        received.append(new String(new byte[] {(byte) value}, StandardCharsets.ISO_8859_1));
      }
    }
    return List.of();
  }
}
