// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.util.List;

/** Text from other programs made fit for a terminal. */
final class PrintableText {
  private static final int LONGEST_LINE = 300;

  private PrintableText() {}

  /** One line: control characters replaced, the end of a long one left out. */
  static String line(String text) {
    String clean = text.replace("\t", "  ").replaceAll("[^\\x20-\\x7E]", "?");
    return clean.length() <= LONGEST_LINE ? clean : clean.substring(0, LONGEST_LINE - 3) + "...";
  }

  /** The last lines that hold anything, indented, each on a line of its own. */
  static String lastLines(String text, int count) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    StringBuilder tail = new StringBuilder();
    for (String line : lines.subList(Math.max(0, lines.size() - count), lines.size())) {
      tail.append("\n    ").append(line(line));
    }
    return tail.toString();
  }
}
