// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.SelfTestOutput.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Reads a self-test's report line by line; stops at the first line that has no place there. */
final class SelfTestParser {
  private static final String HEADER = "facsimile-selftest ";
  private static final Pattern START =
      Pattern.compile(
          "facsimile-selftest 2 variants=([a-z0-9_,-]+) isa=([a-z0-9.+-]+)"
              + " compiler=([a-z]+-[0-9.]+) model=[A-Za-z0-9_]+ model_sha256=([0-9a-f]{64})");
  private static final Pattern BEGIN =
      Pattern.compile("begin vectors=[0-9]{1,9} layers=[0-9]{1,9}");
  private static final Pattern LAYER =
      Pattern.compile("layer v=[0-9]{1,9} n=[0-9]{1,9} name=[A-Za-z0-9_]+ crc=[0-9a-f]{8}");
  private static final Pattern OUTPUT =
      Pattern.compile("output v=[0-9]{1,9} port=[0-9]{1,9} bytes=([0-9a-f]{2})+");
  private static final Pattern STACK = Pattern.compile("stack used=([0-9]{1,9}|unknown)");
  private static final Pattern COUNT =
      Pattern.compile("note (instructions|cycles) v=[0-9]{1,9} count=([0-9]{1,18})");
  private static final Pattern LAYER_CYCLES =
      Pattern.compile("note layer-cycles v=0 n=([0-9]{1,9}) count=([0-9]{1,18})");
  private static final Pattern END = Pattern.compile("end crc=([0-9a-f]{8})");
  private static final Pattern VERDICT = Pattern.compile("verdict (PASS|FAIL)");

  /** It may break into any line. */
  private static final Pattern FAULT = Pattern.compile("(?m)^note (fault [a-z0-9 =]+)$");

  /** What may come next. */
  private enum State {
    START,
    BEGIN,
    RESULTS,
    VERDICT,
    DONE
  }

  private final List<String> lines = new ArrayList<>();
  private final CRC32 crc = new CRC32();
  private State state = State.START;
  private String modelSha256 = "";
  private String variants = "";
  private String isa = "";
  private String compiler = "";
  private boolean stackSeen;
  private OptionalInt stackUsed = OptionalInt.empty();
  private OptionalLong instructions = OptionalLong.empty();
  private OptionalLong cycles = OptionalLong.empty();
  private final List<Long> layerCycles = new ArrayList<>();
  private Verdict verdict = Verdict.NONE;
  private String problem;

  SelfTestOutput parse(String text) {
    int from = 0;
    for (int end = text.indexOf('\n');
        end >= 0 && problem == null;
        end = text.indexOf('\n', from)) {
      boolean carriageReturn = end > from && text.charAt(end - 1) == '\r';
      accept(text.substring(from, carriageReturn ? end - 1 : end));
      from = end + 1;
    }
    if (problem == null && state != State.DONE) {
      problem = unfinished(text.substring(Math.min(from, text.length())));
    }
    Matcher fault = FAULT.matcher(text);
    if (problem != null && fault.find()) {
      problem = "the processor faulted: " + PrintableText.line(fault.group(1));
    }
    return new SelfTestOutput(
        modelSha256,
        variants,
        isa,
        compiler,
        lines,
        stackUsed,
        instructions,
        cycles,
        layerCycles,
        verdict,
        Optional.ofNullable(problem));
  }

  private String unfinished(String rest) {
    String where =
        switch (state) {
          case START -> "the self-test never began";
          case BEGIN -> "the report ends before its first result";
          case RESULTS -> "the report ends without its end line";
          case VERDICT, DONE -> "the verdict never came";
        };
    return rest.isBlank() ? where : where + "; it breaks off at '" + PrintableText.line(rest) + "'";
  }

  private void accept(String line) {
    if (state == State.START) {
      start(line);
    } else if (line.startsWith(HEADER)) {
      problem = "the firmware started twice";
    } else if (line.startsWith("note ")) {
      note(line);
    } else if (state == State.DONE) {
      afterTheVerdict(line);
    } else if (!result(line)) {
      problem = "'" + PrintableText.line(line) + "' has no place there";
    }
  }

  /** A boot loader may leave characters in the line before ours. */
  private void start(String line) {
    int header = line.indexOf(HEADER);
    if (header < 0) {
      return;
    }
    Matcher start = START.matcher(line.substring(header));
    if (start.matches()) {
      variants = start.group(1);
      isa = start.group(2);
      compiler = start.group(3);
      modelSha256 = start.group(4);
      state = State.BEGIN;
    } else {
      problem = "'" + PrintableText.line(line.substring(header)) + "' is no first line";
    }
  }

  private void note(String line) {
    Matcher layer = LAYER_CYCLES.matcher(line);
    if (layer.matches() && Integer.parseInt(layer.group(1)) == layerCycles.size()) {
      layerCycles.add(Long.parseLong(layer.group(2)));
    }
    Matcher count = COUNT.matcher(line);
    if (count.matches()) {
      OptionalLong value = OptionalLong.of(Long.parseLong(count.group(2)));
      if (count.group(1).equals("instructions")) {
        instructions = value;
      } else {
        cycles = value;
      }
    }
  }

  private void afterTheVerdict(String line) {
    if (!line.isBlank()) {
      problem = "'" + PrintableText.line(line) + "' comes after the verdict";
    }
  }

  private boolean result(String line) {
    return switch (state) {
      case START, DONE -> false;
      case BEGIN -> begin(line);
      case RESULTS -> layerOrOutput(line) || stack(line) || end(line);
      case VERDICT -> stack(line) || theVerdict(line);
    };
  }

  private boolean begin(String line) {
    if (!BEGIN.matcher(line).matches()) {
      return false;
    }
    lines.add(line);
    state = State.RESULTS;
    return true;
  }

  private boolean layerOrOutput(String line) {
    if (!LAYER.matcher(line).matches() && !OUTPUT.matcher(line).matches()) {
      return false;
    }
    lines.add(line);
    crc.update((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    return true;
  }

  private boolean stack(String line) {
    Matcher stack = STACK.matcher(line);
    if (!stack.matches() || stackSeen) {
      return false;
    }
    stackSeen = true;
    if (!stack.group(1).equals("unknown")) {
      stackUsed = OptionalInt.of(Integer.parseInt(stack.group(1)));
    }
    return true;
  }

  private boolean end(String line) {
    Matcher end = END.matcher(line);
    if (!end.matches()) {
      return false;
    }
    lines.add(line);
    String computed = String.format(Locale.ROOT, "%08x", crc.getValue());
    if (!end.group(1).equals(computed)) {
      problem = "'" + line + "' but the lines as they arrived have " + computed;
    }
    state = State.VERDICT;
    return true;
  }

  private boolean theVerdict(String line) {
    Matcher given = VERDICT.matcher(line);
    if (!given.matches()) {
      return false;
    }
    verdict = Verdict.valueOf(given.group(1));
    state = State.DONE;
    return true;
  }
}
