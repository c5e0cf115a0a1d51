// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small files of unknown origin: never more bytes than allowed, never bad UTF-8. */
final class BoundedFile {
  private BoundedFile() {}

  /** A file's name as diagnostics show it: without its folders, without control characters. */
  static String displayName(Path file) {
    Path name = file.getFileName();
    return ModelLocation.printable(name == null ? file.toString() : name.toString());
  }

  static ModelLocation place(Path file) {
    return new ModelLocation(-1, displayName(file), "");
  }

  static byte[] read(Path file, int maxBytes) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw unreadable(file, "the file is larger than " + maxBytes + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, "the file cannot be read");
    }
  }

  static String readText(Path file, int maxBytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(read(file, maxBytes)))
          .toString();
    } catch (CharacterCodingException e) {
      throw unreadable(file, "the file is not UTF-8 text");
    }
  }

  static FacsimileException unreadable(Path file, String message) {
    return FacsimileException.error(
        DiagnosticCode.FILE_UNREADABLE,
        place(file),
        message,
        "check the path and that this is the right file");
  }
}
