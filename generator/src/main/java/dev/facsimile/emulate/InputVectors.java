// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code vectors/inputs.txt} holds.
 *
 * @param vectors the bytes of each input of each vector
 */
record InputVectors(List<List<byte[]>> vectors) {
  private static final long MOST_BYTES = 1L << 28;
  private static final Pattern LINE =
      Pattern.compile("input v=([0-9]{1,9}) port=([0-9]{1,9}) bytes=((?:[0-9a-f]{2})+)");

  /**
   * Reads the file.
   *
   * @throws FacsimileException FIRMWARE_INVALID
   */
  static InputVectors of(FirmwareFolder folder) {
    Path file = folder.root().resolve("vectors").resolve("inputs.txt");
    List<List<byte[]>> vectors = new ArrayList<>();
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid("is too large");
      }
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        accept(line, vectors);
      }
    } catch (IOException unreadable) {
      throw invalid("cannot be read: " + unreadable.getMessage());
    }
    return new InputVectors(vectors);
  }

  private static void accept(String line, List<List<byte[]>> vectors) {
    Matcher input = LINE.matcher(line);
    if (!input.matches()) {
      throw invalid("has a line of another form: '" + PrintableText.line(line) + "'");
    }
    if (input.group(2).equals("0")) {
      vectors.add(new ArrayList<>());
    }
    int vector = vectors.size() - 1;
    if (vector != Integer.parseInt(input.group(1))
        || vectors.get(vector).size() != Integer.parseInt(input.group(2))) {
      throw invalid("lacks a line before '" + PrintableText.line(line) + "'");
    }
    vectors.get(vector).add(HexFormat.of().parseHex(input.group(3)));
  }

  private static FacsimileException invalid(String how) {
    return FacsimileException.error(
        DiagnosticCode.FIRMWARE_INVALID,
        ModelLocation.NONE,
        "vectors/inputs.txt " + how,
        "generate the folder again");
  }
}
