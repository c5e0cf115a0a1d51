// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** C source text from numbers and from names that nobody has checked. */
final class CText {
  private static final int LONGEST_NAME = 80;
  private static final int LINE = 96;

  private CText() {}

  /**
   * A name for a comment, a Markdown table or a message: printable ASCII without what could end a
   * comment, begin a directive, a trigraph, a reference or an escape; at most 80 characters.
   */
  static String harmless(String name) {
    String cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
    return cut.replaceAll("[^A-Za-z0-9 _.,:;=+()\\[\\]@%^~!/-]", ".");
  }

  /** An int32 as a C constant expression of type int. */
  static String number(int value) {
    return value == Integer.MIN_VALUE ? "(-2147483647 - 1)" : Integer.toString(value);
  }

  /** An int64 as a C constant expression. */
  static String number(long value) {
    return value == Long.MIN_VALUE ? "INT64_MIN" : "INT64_C(" + value + ")";
  }

  /** 1234567 as 1,234,567. */
  static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Initialisers, comma after each but the last, in lines of at most 96 characters. */
  static List<String> lines(int[] values) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      String item = number(values[i]) + (i + 1 < values.length ? "," : "");
      if (!line.isEmpty() && line.length() + 1 + item.length() > LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(item);
    }
    lines.add(line.toString());
    return lines;
  }
}
