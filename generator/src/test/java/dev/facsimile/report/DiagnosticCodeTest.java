// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Numbers are a contract with the user: each once, and each explained in docs/errors.md. */
final class DiagnosticCodeTest {

  @Test
  void numbersAreDistinct() {
    assertThat(Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::number))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyNumberIsExplainedAndNoOther() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "errors.md"));
    List<String> explained =
        Pattern.compile("(?m)^### (F[0-9]+)$")
            .matcher(document)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::label).toList());
  }

  @Test
  void theDocumentGivesEachNumberItsExitCode() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "errors.md"));
    for (DiagnosticCode code : DiagnosticCode.values()) {
      String section = document.substring(document.indexOf("### " + code.label() + "\n"));
      int end = section.indexOf("\n#", 1);
      assertThat(section.substring(0, end < 0 ? section.length() : end).replace('\n', ' '))
          .as(code.label())
          .contains("Exit code " + code.exitCode().value() + ".");
    }
  }
}
