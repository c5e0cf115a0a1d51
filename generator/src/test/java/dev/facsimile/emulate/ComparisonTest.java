// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.target.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final FirmwareFolder FOLDER =
      new FirmwareFolder(
          Path.of("subject"),
          "subject",
          "SUBJECT",
          Targets.load().find("mps2-an386"),
          "portable",
          SampleRun.SHA256,
          List.of("src/subject.c"),
          List.of("include"),
          4096);

  private static Optional<Diagnostic> compare(RunResult run) {
    return Comparison.of(run, SelfTestOutput.parse(run.output()), FOLDER, SampleRun.EXPECTED);
  }

  private static Diagnostic problem(RunResult run) {
    return compare(run).orElseThrow();
  }

  private static Diagnostic problem(String output) {
    return problem(SampleRun.run(output));
  }

  /** A firmware that computed something else reports it with a checksum that fits. */
  private static String consistent(String output) {
    CRC32 crc = new CRC32();
    output
        .lines()
        .filter(line -> line.startsWith("layer ") || line.startsWith("output "))
        .forEach(line -> crc.update((line + "\n").getBytes(StandardCharsets.US_ASCII)));
    return output.replaceFirst(
        "end crc=[0-9a-f]{8}", String.format(Locale.ROOT, "end crc=%08x", crc.getValue()));
  }

  @Test
  void acceptsEqualLinesWithVerdict() {
    assertThat(compare(SampleRun.run(SampleRun.GOOD))).isEmpty();
  }

  @Test
  void namesTheFirstLayerThatDiffers() {
    String wrong =
        consistent(
            SampleRun.GOOD
                .replace("crc=6a487d6c", "crc=00000001")
                .replace("crc=ce73eb49", "crc=00000002")
                .replace("bytes=d092", "bytes=0000")
                .replace("PASS", "FAIL"));

    assertThat(problem(wrong).code()).isEqualTo(DiagnosticCode.LAYER_DIFFERS);
    assertThat(problem(wrong).where().tensor()).isEqualTo("layer_00_conv2d");
    assertThat(problem(wrong).where().operator()).isZero();
    assertThat(problem(wrong).message())
        .contains("qemu subject", "vector 0", "00000001", "6a487d6c");
  }

  @Test
  void saysWhichOutputByteDiffers() {
    Diagnostic wrong = problem(consistent(SampleRun.GOOD.replace("bytes=d092", "bytes=d07f")));

    assertThat(wrong.code()).isEqualTo(DiagnosticCode.OUTPUT_DIFFERS);
    assertThat(wrong.message()).contains("output 0 of vector 0 is 127 at byte 1", "has -110");
  }

  @Test
  void aDifferentLayerCountsEvenIfTheFirmwareThenCrashed() {
    String crashed =
        SampleRun.GOOD
            .substring(0, SampleRun.GOOD.indexOf("layer v=0 n=1"))
            .replace("crc=6a487d6c", "crc=00000001");

    assertThat(problem(crashed).code()).isEqualTo(DiagnosticCode.LAYER_DIFFERS);
  }

  @Test
  void equalLinesWithoutVerdictAreNoSuccess() {
    assertThat(problem(SampleRun.GOOD.replace("verdict PASS\n", "")).code())
        .isEqualTo(DiagnosticCode.VERDICT_MISSING);
    assertThat(problem(SampleRun.GOOD.replace("PASS", "FAIL")).code())
        .isEqualTo(DiagnosticCode.VERDICT_MISSING);
    assertThat(problem("").code()).isEqualTo(DiagnosticCode.VERDICT_MISSING);
  }

  @Test
  void aReportOfFewerLayersIsNoSuccess() {
    String shorter = consistent(SampleRun.GOOD.replaceFirst("layer v=0 n=1[^\n]*\n", ""));

    assertThat(SelfTestOutput.parse(shorter).problem()).isEmpty();
    assertThat(problem(shorter).code()).isEqualTo(DiagnosticCode.VERDICT_MISSING);
    assertThat(problem(shorter).message()).contains("layer_01_softmax");
  }

  @Test
  void exitStatusMustBeZero() {
    RunResult run = new RunResult("host gcc", "armv7e-m+dsp", SampleRun.GOOD, "", 3, false);

    assertThat(problem(run).code()).isEqualTo(DiagnosticCode.VERDICT_MISSING);
    assertThat(problem(run).message()).contains("exit status 3");
  }

  @Test
  void timeOutIsNamedWithTheLastWords() {
    String cut = SampleRun.GOOD.substring(0, SampleRun.GOOD.indexOf("stack"));
    RunResult run = new RunResult("qemu subject", "armv7e-m+dsp", cut, "", 137, true);

    assertThat(problem(run).code()).isEqualTo(DiagnosticCode.VERIFY_TIMEOUT);
    assertThat(problem(run).message()).contains("output v=0 port=0 bytes=d092");
  }

  @Test
  void sanitizerReportComesFirstAndSaysAfterWhichLayer() {
    String cut = SampleRun.GOOD.substring(0, SampleRun.GOOD.indexOf("layer v=0 n=1"));
    String report = "==1==ERROR: AddressSanitizer: use-after-poison on address 0x1\n";
    RunResult run = new RunResult("host gcc", "armv7e-m+dsp", cut, report, 1, false);

    assertThat(problem(run).code()).isEqualTo(DiagnosticCode.SANITIZER_REPORT);
    assertThat(problem(run).message())
        .contains("after layer_00_conv2d of vector 0")
        .contains("use-after-poison");
  }

  @Test
  void anotherModelOtherVariantsOrAnotherCoreAreNotCompared() {
    assertThat(problem(SampleRun.GOOD.replace("sha256=0", "sha256=f")).code())
        .isEqualTo(DiagnosticCode.FIRMWARE_MISMATCH);
    assertThat(problem(SampleRun.GOOD.replace("variants=portable", "variants=dsp")).message())
        .contains("the firmware has the kernel variants dsp, the folder portable");
    assertThat(problem(SampleRun.GOOD.replace("armv7e-m+dsp", "armv6-m")).message())
        .contains("compiled for armv6-m, the target is armv7e-m+dsp");
    assertThat(problem(SampleRun.GOOD.replace("+dsp", "+dsp+fp")).message())
        .contains("compiled for armv7e-m+dsp+fp, the target is armv7e-m+dsp");
  }
}
