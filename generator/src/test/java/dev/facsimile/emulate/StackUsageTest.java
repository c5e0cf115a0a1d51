// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** On call graphs in the form in which gcc 12 writes them. */
final class StackUsageTest {
  private static String node(String title, String frame) {
    return "node: { title: \"%s\" label: \"%s\\nsrc/a.c:1:1\\n%s\\n0 dynamic objects\" }\n"
        .formatted(title, title, frame);
  }

  private static String edge(String from, String to) {
    return "edge: { sourcename: \"%s\" targetname: \"%s\" label: \"src/a.c:2:2\" }\n"
        .formatted(from, to);
  }

  private static OptionalInt run(String... parts) {
    return StackUsage.of(List.of(String.join("", parts))).of("run");
  }

  @Test
  void addsTheDeepestOfAllCallees() {
    assertThat(
            run(
                node("run", "16 bytes (static)"),
                node("src/a.c:shallow", "200 bytes (static)"),
                node("src/a.c:deep", "100 bytes (static)"),
                node("leaf", "120 bytes (dynamic,bounded)"),
                edge("run", "src/a.c:shallow"),
                edge("run", "src/a.c:deep"),
                edge("src/a.c:deep", "leaf")))
        .hasValue(16 + 100 + 120);
  }

  @Test
  void followsCallsIntoOtherFiles() {
    String main = node("run", "8 bytes (static)") + edge("run", "other");

    assertThat(StackUsage.of(List.of(main, node("other", "24 bytes (static)"))).of("run"))
        .hasValue(32);
  }

  @Test
  void knowsWhatTheCompilersOwnCallsTake() {
    assertThat(run(node("run", "8 bytes (static)"), edge("run", "memcpy"))).hasValue(40);
    assertThat(run(node("run", "8 bytes (static)"), edge("run", "__aeabi_ldivmod"))).hasValue(104);
  }

  @Test
  void recursionIsNoProof() {
    assertThat(
            run(
                node("run", "8 bytes (static)"),
                node("a", "8 bytes (static)"),
                edge("run", "a"),
                edge("a", "run")))
        .isEmpty();
  }

  @Test
  void callsThroughPointersAndUnknownFunctionsAreNoProof() {
    assertThat(run(node("run", "8 bytes (static)"), edge("run", "__indirect_call"))).isEmpty();
    assertThat(run(node("run", "8 bytes (static)"), edge("run", "printf"))).isEmpty();
    assertThat(run(node("other", "8 bytes (static)"))).isEmpty();
  }

  @Test
  void framesOfVariableSizeAreNoProof() {
    assertThat(run(node("run", "96 bytes (dynamic)"))).isEmpty();
    assertThat(
            run(node("run", "8 bytes (static)"), node("a", "8 bytes (dynamic)"), edge("run", "a")))
        .isEmpty();
  }
}
