// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.emulate.SelfTestOutput.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelfTestOutputTest {
  private static final String GOOD = SampleRun.GOOD;

  private static String problem(String text) {
    return SelfTestOutput.parse(text).problem().orElse("none");
  }

  @Test
  void readsACompleteReport() {
    SelfTestOutput output = SelfTestOutput.parse(GOOD);

    assertThat(output.problem()).isEmpty();
    assertThat(output.modelSha256()).isEqualTo(SampleRun.SHA256);
    assertThat(output.variants()).isEqualTo("portable");
    assertThat(output.isa()).isEqualTo("armv7e-m+dsp");
    assertThat(output.compiler()).isEqualTo("gcc-12.2.1");
    assertThat(output.lines()).isEqualTo(SampleRun.EXPECTED);
    assertThat(output.stackUsed()).hasValue(208);
    assertThat(output.instructions()).hasValue(38055);
    assertThat(output.cycles()).isEmpty();
    assertThat(output.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void everyPrefixOfAReportIsIncomplete() {
    for (int length = 0; length < GOOD.length(); length++) {
      assertThat(SelfTestOutput.parse(GOOD.substring(0, length)).problem())
          .as("the first %d characters", length)
          .isPresent();
    }
  }

  @Test
  void aSerialLineMayAddCarriageReturns() {
    assertThat(problem(GOOD.replace("\n", "\r\n"))).isEqualTo("none");
  }

  @Test
  void aBootLoaderMaySpeakFirst() {
    assertThat(problem("boot v1\n\0\u00ff garbage" + GOOD)).isEqualTo("none");
  }

  @Test
  void aMegabyteOfGarbageFirstDoesNotMatter() {
    byte[] garbage = new byte[1 << 20];
    new Random(1).nextBytes(garbage);
    String text = new String(garbage, StandardCharsets.ISO_8859_1);

    assertThat(problem(text + "\n" + GOOD)).isEqualTo("none");
    assertThat(problem(text)).contains("never began");
  }

  @Test
  void aMegabyteWithoutANewlineIsNoReport() {
    assertThat(problem("x".repeat(1 << 20))).contains("never began").hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"end crc=f11da2b9", "verdict PASS", "begin vectors=1 layers=2"})
  void aMissingLineIsNoticed(String line) {
    String without = GOOD.replace(line + "\n", "");

    assertThat(without).isNotEqualTo(GOOD);
    assertThat(SelfTestOutput.parse(without).problem()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin vectors=1 layers=2",
        "stack used=208",
        "verdict PASS",
        "layer v=0 n=0 name=layer_00_conv2d crc=6a487d6c",
        "output v=0 port=0 bytes=d092"
      })
  void aLineTwiceIsNoticed(String line) {
    String twice = GOOD.replaceFirst(line + "\n", line + "\n" + line + "\n");

    assertThat(twice).isNotEqualTo(GOOD);
    assertThat(SelfTestOutput.parse(twice).problem()).isPresent();
  }

  @Test
  void aFirmwareThatStartsTwiceIsNoticed() {
    assertThat(problem(GOOD.substring(0, GOOD.indexOf("stack")) + GOOD)).contains("started twice");
    assertThat(problem(GOOD + GOOD)).contains("started twice");
  }

  @Test
  void aLostLineIsNoticedByTheChecksum() {
    assertThat(problem(GOOD.replaceFirst("layer v=0 n=1[^\n]*\n", "")))
        .contains("'end crc=")
        .contains("but the lines as they arrived have");
  }

  @Test
  void aChangedByteIsNoticedByTheChecksum() {
    assertThat(problem(GOOD.replace("bytes=d092", "bytes=d093"))).contains("but the lines");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layer v=0 n=0 name=layer_00_conv2d crc=6a487d6",
        "layer v=0 n=0 name=layer_00_conv2d crc=6A487D6C",
        "layer v=-1 n=0 name=layer_00_conv2d crc=6a487d6c",
        "layer v=0 n=99999999999 name=layer_00_conv2d crc=6a487d6c",
        "layer v=0 n=0 name=../../x crc=6a487d6c",
        " layer v=0 n=0 name=layer_00_conv2d crc=6a487d6c",
        "layer v=0 n=0 name=layer_00_conv2d crc=6a487d6c\0",
        ""
      })
  void malformedLinesAreNoticed(String line) {
    String bad = GOOD.replace("layer v=0 n=0 name=layer_00_conv2d crc=6a487d6c", line);

    assertThat(problem(bad)).contains("has no place there");
  }

  @Test
  void unknownProtocolVersionIsNotGuessedAt() {
    assertThat(problem(GOOD.replace("selftest 2", "selftest 3"))).contains("is no first line");
  }

  @Test
  void aFaultInTheMiddleOfALineIsReportedWithItsAddress() {
    String cut = GOOD.substring(0, GOOD.indexOf("bytes=d092") + 7);

    assertThat(problem(cut + "\nnote fault pc=000001f4 lr=00000abd\n"))
        .isEqualTo("the processor faulted: fault pc=000001f4 lr=00000abd");
  }

  @Test
  void otherNotesAreIgnored() {
    assertThat(problem(GOOD.replace("stack", "note anything at all\nstack"))).isEqualTo("none");
  }

  @Test
  void messagesAreFitForATerminal() {
    assertThat(problem(GOOD.replace("begin", "\u001b[31mbegin")))
        .contains("?[31mbegin")
        .doesNotContain("\u001b");
  }
}
