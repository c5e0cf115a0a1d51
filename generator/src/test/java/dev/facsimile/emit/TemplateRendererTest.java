// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TemplateRendererTest {
  /** What the probe templates print. */
  public record Probe(String name, boolean hasName, List<String> lines) {}

  private final TemplateRenderer renderer = new TemplateRenderer();

  @Test
  void keepsPreprocessorLinesAndIndentation() {
    assertThat(renderer.render("probe/good.c.vm", new Probe("net", true, List.of("1,", "2"))))
        .isEqualTo(
            """
            #include "net.h"

            static const int net[3] = {
                1,
                2
            };
            /* $(CC) */
            """);
  }

  @Test
  void refusesHashAndDollarThatComeFromValues() {
    for (String hostile : List.of("#define X", "$(rm)", "na\u00efve", "a\rb", "\u0000")) {
      assertThatThrownBy(
              () -> renderer.render("probe/good.c.vm", new Probe(hostile, true, List.of())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("probe/good.c.vm");
    }
  }

  @Test
  void refusesUnknownReferencesAndMacros() {
    Probe probe = new Probe("net", true, List.of());
    assertThatThrownBy(() -> renderer.render("probe/unknown_reference.c.vm", probe))
        .hasMessageContaining("nome");
    assertThatThrownBy(() -> renderer.render("probe/unknown_macro.c.vm", probe))
        .hasMessageContaining("nomacro");
    assertThatThrownBy(() -> renderer.render("probe/unknown_directive.c.vm", probe))
        .hasMessageContaining("unknown preprocessor directive");
  }

  @Test
  void tidiesBlankLinesAndLineEnds() {
    assertThat(RenderedText.tidy("\n\na  \n\n\n\nb\t\n\n")).isEqualTo("a\n\nb\n");
    assertThat(RenderedText.tidy("")).isEqualTo("\n");
  }
}
