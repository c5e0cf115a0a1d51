// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CTextTest {
  @Test
  void nothingOfAHostileNameIsLeft() {
    assertThat(CText.harmless("*/ system(\"x\"); /*")).isEqualTo("./ system(.x.); /.");
    assertThat(CText.harmless("??/\n#define x $(rm) `id` \\"))
        .doesNotContainPattern("[?#$`\\\\\n]");
    assertThat(CText.harmless("x".repeat(10_000))).hasSize(80).endsWith("...");
  }

  @Property
  void harmlessNamesEndNoCommentAndBeginNothing(@ForAll String name) {
    assertThat(CText.harmless(name))
        .matches("[\\x20-\\x7E]{0,80}")
        .doesNotContainPattern("[*?#$`\"'\\\\|<>&{}]");
  }

  @Test
  void theSmallestIntIsAnExpressionOfTypeInt() {
    assertThat(CText.number(Integer.MIN_VALUE)).isEqualTo("(-2147483647 - 1)");
    assertThat(CText.number(-5)).isEqualTo("-5");
  }

  @Property
  void linesHoldEveryNumberInOrder(@ForAll int[] values) {
    String joined = String.join(" ", CText.lines(values));
    String expected =
        Arrays.stream(values).mapToObj(CText::number).collect(Collectors.joining(", "));
    assertThat(joined).isEqualTo(expected);
    assertThat(CText.lines(values)).allMatch(line -> line.length() <= 96);
  }
}
