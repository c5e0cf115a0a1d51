// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CNameTest {
  @ParameterizedTest
  @CsvSource({
    "au12, au12",
    "AU-12 mobile, au_12_mobile",
    "12 angry nets, angry_nets",
    "'', net",
    "../../etc/passwd, etc_passwd",
    "string, net_string",
    "while, net_while",
    "fxk_conv2d, net_fxk_conv2d",
    "$(rm -rf ~), rm_rf"
  })
  void prefixesAreShortAndHarmless(String name, String prefix) {
    assertThat(CName.prefix(name)).isEqualTo(prefix);
  }

  @Property
  void everyPrefixIsAnIdentifier(@ForAll String name) {
    assertThat(CName.prefix(name)).matches("[a-z][a-z0-9_]{0,43}");
  }

  @Property
  void identifiersAreUniqueAndNeverReserved(@ForAll List<String> names) {
    List<String> identifiers = CName.unique(names, List.of("TASK_COUNT", "unnamed"));
    assertThat(identifiers).hasSameSizeAs(names).doesNotHaveDuplicates();
    assertThat(identifiers).doesNotContain("TASK_COUNT", "unnamed");
    assertThat(identifiers).allMatch(identifier -> identifier.matches("[A-Za-z0-9_]{1,50}"));
  }

  @Test
  void equalNamesGetNumbers() {
    assertThat(CName.unique(List.of("a b", "a-b", "a_b_2", "a b"), List.of()))
        .containsExactly("a_b", "a_b_2", "a_b_2_2", "a_b_3");
  }
}
