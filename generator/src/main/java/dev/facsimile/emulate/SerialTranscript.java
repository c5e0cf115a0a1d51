// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.serial.BoardDescription;
import dev.facsimile.emulate.serial.BoardException;
import dev.facsimile.emulate.serial.BoardLink;
import dev.facsimile.emulate.serial.BoardSession;
import dev.facsimile.emulate.serial.Inference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a board at a serial line made of the vectors, written as the self-test's own report. Its
 * last line, which makes it a success, comes only after every vector's results have.
 */
final class SerialTranscript {
  private static final Pattern NAME = Pattern.compile("layer v=0 n=[0-9]+ name=([A-Za-z0-9_]+) .*");
  private static final Pattern BYTES = Pattern.compile("output v=0 port=[0-9]+ bytes=([0-9a-f]*)");

  private final List<String> layerNames;
  private final List<Integer> outputBytes;
  private final InputVectors inputs;
  private final StringBuilder text = new StringBuilder();
  private final CRC32 crc = new CRC32();

  SerialTranscript(ExpectedLines expected, InputVectors inputs) {
    this.layerNames = firstGroups(expected, NAME);
    this.outputBytes = firstGroups(expected, BYTES).stream().map(hex -> hex.length() / 2).toList();
    this.inputs = inputs;
  }

  private static List<String> firstGroups(ExpectedLines expected, Pattern form) {
    List<String> groups = new ArrayList<>();
    for (String line : expected.lines()) {
      Matcher matcher = form.matcher(line);
      if (matcher.matches()) {
        groups.add(matcher.group(1));
      }
    }
    return groups;
  }

  /** As far as the conversation has come. */
  synchronized String text() {
    return text.toString();
  }

  private synchronized void say(String lines) {
    text.append(lines);
  }

  /**
   * Has the whole conversation.
   *
   * @throws BoardException if it comes to nothing; the text then ends without a verdict
   */
  void record(BoardLink link) throws BoardException {
    BoardSession session = new BoardSession(link);
    BoardDescription board = session.board();
    say(
        "facsimile-selftest 2 variants=%s isa=%s compiler=%s model=serial model_sha256=%s\n"
            .formatted(board.kernels(), board.isa(), board.compiler(), board.modelSha256()));
    say("begin vectors=%d layers=%d\n".formatted(inputs.vectors().size(), board.layers()));
    if (board.layers() != layerNames.size() || board.outputs() != outputBytes.size()) {
      return;
    }
    for (int v = 0; v < inputs.vectors().size(); v++) {
      vector(v, session.infer(inputs.vectors().get(v), outputBytes), board.countsCycles());
    }
    say(String.format(Locale.ROOT, "end crc=%08x\nverdict PASS\n", crc.getValue()));
  }

  private void vector(int v, Inference inference, boolean countsCycles) {
    for (int n = 0; n < layerNames.size(); n++) {
      result(
          String.format(
              Locale.ROOT,
              "layer v=%d n=%d name=%s crc=%08x\n",
              v,
              n,
              layerNames.get(n),
              inference.layerCrcs().get(n)));
    }
    for (int port = 0; port < inference.outputs().size(); port++) {
      String hex = HexFormat.of().formatHex(inference.outputs().get(port));
      result("output v=%s port=%s bytes=%s\n".formatted(v, port, hex));
    }
    if (countsCycles) {
      cycles(v, inference);
    }
  }

  private void result(String line) {
    crc.update(line.getBytes(StandardCharsets.US_ASCII));
    say(line);
  }

  private void cycles(int v, Inference inference) {
    say("note cycles v=%s count=%s\n".formatted(v, inference.ticks()));
    for (int n = 0; n < layerNames.size(); n++) {
      say("note layer-cycles v=%s n=%s count=%s\n".formatted(v, n, inference.layerTicks().get(n)));
    }
  }
}
