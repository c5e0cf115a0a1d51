// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/**
 * {@code vectors/expected.txt}: the begin, layer, output and end lines that a good run prints.
 *
 * @param lines without their newlines
 */
record ExpectedLines(List<String> lines) {
  private static final long MOST_BYTES = 256L << 20;
  private static final String FRAME =
      "facsimile-selftest 2 variants=v isa=i compiler=c-1 model=m model_sha256=%s\n%s"
          + "verdict PASS\n";

  /** Numbers of what some lines report. */
  record Counts(int vectors, int layers, long outputBytes) {}

  /**
   * Reads the file and checks that it is whole: its last line holds its checksum.
   *
   * @throws FacsimileException FIRMWARE_INVALID
   */
  static ExpectedLines of(FirmwareFolder folder) {
    try {
      if (Files.size(folder.expectedOutput()) > MOST_BYTES) {
        throw invalid("is too large");
      }
      String text = Files.readString(folder.expectedOutput(), StandardCharsets.ISO_8859_1);
      SelfTestOutput parsed =
          SelfTestOutput.parse(FRAME.formatted("0".repeat(64), text.replace("\r\n", "\n")));
      if (parsed.problem().isPresent()) {
        throw invalid("is damaged: " + parsed.problem().get());
      }
      return new ExpectedLines(parsed.lines());
    } catch (IOException unreadable) {
      throw invalid("cannot be read: " + unreadable.getMessage());
    }
  }

  /** How many lines from the first on are the same. */
  int equalLines(List<String> others) {
    int equal = 0;
    while (equal < Math.min(lines.size(), others.size())
        && lines.get(equal).equals(others.get(equal))) {
      equal++;
    }
    return equal;
  }

  /** What the first lines report; a vector counts when its last line is among them. */
  Counts countsOfFirst(int count) {
    int layers = 0;
    long outputBytes = 0;
    int vectors = 0;
    for (int i = 0; i < count; i++) {
      String line = lines.get(i);
      if (line.startsWith("layer ")) {
        layers++;
      } else if (line.startsWith("output ")) {
        outputBytes += (line.length() - line.indexOf("bytes=") - "bytes=".length()) / 2;
        boolean lastOfVector = i + 1 < lines.size() && !lines.get(i + 1).startsWith("output ");
        vectors += lastOfVector ? 1 : 0;
      }
    }
    return new Counts(vectors, layers, outputBytes);
  }

  private static FacsimileException invalid(String how) {
    return FacsimileException.error(
        DiagnosticCode.FIRMWARE_INVALID,
        ModelLocation.NONE,
        "vectors/expected.txt " + how,
        "generate the folder again");
  }
}
