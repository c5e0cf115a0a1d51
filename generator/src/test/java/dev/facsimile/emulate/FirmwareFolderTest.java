// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder may have been changed by anybody before it is verified. */
final class FirmwareFolderTest {
  private static final String LOCK =
      """
      {"generator": "facsimile", "build": {
        "prefix": "xor", "macro_prefix": "XOR", "target": "mps2-an386",
        "kernels": "portable",
        "model_sha256": "%s", "sources": ["src/xor.c"],
        "includes": ["include", "runtime/include"], "stack_bytes": 4096}}
      """
          .formatted("ab".repeat(32));

  @TempDir private Path root;

  private FirmwareFolder open(String lock) throws IOException {
    Files.writeString(root.resolve(FirmwareFolder.LOCK_FILE), lock);
    return FirmwareFolder.open(root, Targets.load());
  }

  private static void assertRefused(DiagnosticCode code, ThrowingOpen open) {
    assertThatThrownBy(open::run)
        .isInstanceOfSatisfying(
            FacsimileException.class,
            refused -> assertThat(refused.diagnostics().get(0).code()).isEqualTo(code));
  }

  private interface ThrowingOpen {
    void run() throws IOException;
  }

  @Test
  void readsWhatTheGeneratorWrote() throws IOException {
    FirmwareFolder folder = open(LOCK);

    assertThat(folder.prefix()).isEqualTo("xor");
    assertThat(folder.target().name()).isEqualTo("mps2-an386");
    assertThat(folder.kernels()).isEqualTo("portable");
    assertThat(folder.sources()).containsExactly("src/xor.c");
    assertThat(folder.includes()).containsExactly("include", "runtime/include");
    assertThat(folder.stackBytes()).isEqualTo(4096);
  }

  @Test
  void aFolderWithoutLockFileIsNotOurs() {
    assertRefused(DiagnosticCode.FIRMWARE_INVALID, () -> FirmwareFolder.open(root, Targets.load()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"xor\" | \"xor; touch x\"",
        "\"XOR\" | \"XOR=1 -B.\"",
        "src/xor.c | ../xor.c",
        "src/xor.c | /etc/xor.c",
        "src/xor.c | -oinclude/x.c",
        "src/xor.c | src/../../x.c",
        "src/xor.c | @src/xor.c",
        "src/xor.c | src/xor.o",
        "runtime/include | /usr/include",
        "runtime/include | ..",
        "\"portable\" | \"portable isa=x\"",
        "4096 | -1",
        "4096 | \"many\"",
        "4096 | 99999999999",
        "mps2-an386 | ../../x",
      })
  void whatDoesNotHaveItsFormIsRefused(String before, String after) {
    String changed = LOCK.replace(before, after);

    assertThat(changed).isNotEqualTo(LOCK);
    assertRefused(DiagnosticCode.FIRMWARE_INVALID, () -> open(changed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{\"build\": 3}", "{\"build\": {\"prefix\": [1]}}", "\0"})
  void whatIsNoLockFileIsRefused(String text) {
    assertRefused(DiagnosticCode.FIRMWARE_INVALID, () -> open(text));
  }

  @Test
  void anUnknownTargetIsNamed() {
    assertRefused(
        DiagnosticCode.TARGET_UNKNOWN, () -> open(LOCK.replace("mps2-an386", "mps2-an999")));
  }

  @Test
  void aSourceThatLinksOutOfTheFolderIsNotCompiled() throws IOException {
    Path outside = Files.createTempFile("outside", ".c");
    FirmwareFolder folder = SmallFolder.write(root, "host");
    Files.delete(root.resolve("src/xor.c"));
    Files.createSymbolicLink(root.resolve("src/xor.c"), outside);

    assertRefused(
        DiagnosticCode.FIRMWARE_INVALID,
        () -> new HostRunner("gcc").run(folder, Duration.ofMinutes(1)));
    Files.delete(outside);
  }

  @Test
  void aDamagedExpectationIsNoExpectation() throws IOException {
    FirmwareFolder folder = SmallFolder.write(root, "host");
    SmallFolder.patch(
        folder, "vectors/expected.txt", "output v=2 port=0 bytes=00", "output v=2 port=0 bytes=01");

    assertRefused(DiagnosticCode.FIRMWARE_INVALID, () -> ExpectedLines.of(folder));
  }
}
