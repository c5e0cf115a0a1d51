// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.SelfTestOutput.Verdict;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds one run against the lines of {@code vectors/expected.txt}. A run is good only if every line
 * is there, equal and in order, the firmware said PASS and everything ended in time; what is wrong
 * first is what is reported.
 */
final class Comparison {
  private static final Pattern LAYER =
      Pattern.compile("layer v=([0-9]{1,9}) n=([0-9]{1,9}) name=([A-Za-z0-9_]+) crc=([0-9a-f]{8})");
  private static final Pattern OUTPUT =
      Pattern.compile("output v=([0-9]{1,9}) port=([0-9]{1,9}) bytes=([0-9a-f]+)");
  private static final Pattern SANITIZER =
      Pattern.compile("(?m)^.*(ERROR: AddressSanitizer|runtime error:).*$");
  private static final int LAST_LINES = 10;

  private final RunResult run;
  private final SelfTestOutput said;
  private final List<String> expected;

  private Comparison(RunResult run, SelfTestOutput said, List<String> expected) {
    this.run = run;
    this.said = said;
    this.expected = expected;
  }

  /**
   * What is wrong with the run, or empty.
   *
   * @param folder whose model, kernel variants and target the firmware must name
   * @param expected lines of {@code vectors/expected.txt}
   */
  static Optional<Diagnostic> of(
      RunResult run, SelfTestOutput said, FirmwareFolder folder, List<String> expected) {
    Comparison comparison = new Comparison(run, said, expected);
    return comparison
        .sanitizer()
        .or(() -> comparison.otherFirmware(folder))
        .or(comparison::firstDifference)
        .or(comparison::unfinished);
  }

  private Optional<Diagnostic> sanitizer() {
    Matcher report = SANITIZER.matcher(run.errors());
    if (!report.find()) {
      return Optional.empty();
    }
    return problem(
        DiagnosticCode.SANITIZER_REPORT,
        ModelLocation.NONE,
        afterLayer() + PrintableText.line(report.group().strip()),
        "please report this with the model: generated code must not do that");
  }

  private String afterLayer() {
    for (int i = said.lines().size() - 1; i >= 0; i--) {
      Matcher layer = LAYER.matcher(said.lines().get(i));
      if (layer.matches()) {
        return "after " + layer.group(3) + " of vector " + layer.group(1) + ": ";
      }
    }
    return "";
  }

  private Optional<Diagnostic> otherFirmware(FirmwareFolder folder) {
    if (said.modelSha256().isEmpty()) {
      return Optional.empty();
    }
    if (!said.modelSha256().equals(folder.modelSha256())) {
      return problem(
          DiagnosticCode.FIRMWARE_MISMATCH,
          ModelLocation.NONE,
          "the firmware that answered was generated from another model",
          "build and flash the folder again");
    }
    if (!said.variants().equals(folder.kernels())) {
      return problem(
          DiagnosticCode.FIRMWARE_MISMATCH,
          ModelLocation.NONE,
          "the firmware has the kernel variants %s, the folder %s"
              .formatted(said.variants(), folder.kernels()),
          "build and flash the folder again");
    }
    if (!said.isa().equals(run.isa())) {
      return problem(
          DiagnosticCode.FIRMWARE_MISMATCH,
          ModelLocation.NONE,
          "the firmware is compiled for " + said.isa() + ", the target is " + run.isa(),
          "use the compiler options of the folder's config.mk");
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> firstDifference() {
    int common = Math.min(said.lines().size(), expected.size());
    for (int i = 0; i < common; i++) {
      String got = said.lines().get(i);
      if (!got.equals(expected.get(i))) {
        return difference(expected.get(i), got);
      }
    }
    return said.lines().size() > expected.size()
        ? garbled("nothing", said.lines().get(common))
        : Optional.empty();
  }

  private Optional<Diagnostic> difference(String wanted, String got) {
    Matcher wantedLayer = LAYER.matcher(wanted);
    Matcher gotLayer = LAYER.matcher(got);
    if (wantedLayer.matches() && gotLayer.matches() && sameStart(wantedLayer, gotLayer, 4)) {
      return problem(
          DiagnosticCode.LAYER_DIFFERS,
          new ModelLocation(Integer.parseInt(wantedLayer.group(2)), "layer", wantedLayer.group(3)),
          "its output for vector %s has the CRC-32 %s where the reference has %s"
              .formatted(wantedLayer.group(1), gotLayer.group(4), wantedLayer.group(4)),
          "the layers before it are equal: look at this layer's kernel, parameters and weights");
    }
    Matcher wantedOutput = OUTPUT.matcher(wanted);
    Matcher gotOutput = OUTPUT.matcher(got);
    if (wantedOutput.matches() && gotOutput.matches() && sameStart(wantedOutput, gotOutput, 3)) {
      return outputDiffers(wantedOutput, gotOutput);
    }
    return garbled("'" + PrintableText.line(wanted) + "'", got);
  }

  /** Whether all groups before the one that holds the result are equal. */
  private static boolean sameStart(Matcher wanted, Matcher got, int result) {
    for (int group = 1; group < result; group++) {
      if (!wanted.group(group).equals(got.group(group))) {
        return false;
      }
    }
    return true;
  }

  private Optional<Diagnostic> outputDiffers(Matcher wanted, Matcher got) {
    String reference = wanted.group(3);
    String actual = got.group(3);
    String where = "output %s of vector %s ".formatted(wanted.group(2), wanted.group(1));
    if (reference.length() != actual.length()) {
      return garbled(where + "of " + reference.length() / 2 + " bytes", got.group());
    }
    int at = 0;
    while (reference.regionMatches(at, actual, at, 2)) {
      at += 2;
    }
    return problem(
        DiagnosticCode.OUTPUT_DIFFERS,
        ModelLocation.NONE,
        where
            + "is %d at byte %d where the reference has %d"
                .formatted(signedByte(actual, at), at / 2, signedByte(reference, at)),
        "every layer's checksum is equal: look at where the output lies in the arena");
  }

  private static int signedByte(String hex, int at) {
    return (byte) Integer.parseInt(hex.substring(at, at + 2), 16);
  }

  private Optional<Diagnostic> garbled(String wanted, String got) {
    return problem(
        DiagnosticCode.VERDICT_MISSING,
        ModelLocation.NONE,
        "it says '" + PrintableText.line(got) + "' where " + wanted + " belongs",
        "a line was lost or repeated: check the serial line, or run again");
  }

  private Optional<Diagnostic> unfinished() {
    if (run.timedOut()) {
      return problem(
          DiagnosticCode.VERIFY_TIMEOUT,
          ModelLocation.NONE,
          "no verdict within the time-out" + lastWords(),
          "give --timeout more seconds, or look at what the firmware does after its last line");
    }
    if (said.problem().isPresent()) {
      return problem(
          DiagnosticCode.VERDICT_MISSING,
          ModelLocation.NONE,
          said.problem().get() + lastWords(),
          "a crash, a stack overflow or a bad serial line ends a report early");
    }
    if (said.verdict() != Verdict.PASS || run.exitStatus() != 0) {
      return problem(
          DiagnosticCode.VERDICT_MISSING,
          ModelLocation.NONE,
          "every line is equal, but the firmware's own verdict is %s and its exit status %d"
              .formatted(said.verdict(), run.exitStatus()),
          "its vectors/vectors.c and vectors/expected.txt do not belong together");
    }
    return said.lines().size() < expected.size()
        ? garbled("'" + PrintableText.line(expected.get(said.lines().size())) + "'", "")
        : Optional.empty();
  }

  private String lastWords() {
    return PrintableText.lastLines(run.output(), LAST_LINES)
        + PrintableText.lastLines(run.errors(), LAST_LINES);
  }

  private Optional<Diagnostic> problem(
      DiagnosticCode code, ModelLocation where, String message, String hint) {
    return Optional.of(Diagnostic.error(code, where, run.runner() + ": " + message, hint));
  }
}
