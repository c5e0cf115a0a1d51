// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.plan.ConstantBlock;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** As {@link #lines(int[])}, for int64. */
  static List<String> lines(long[] values) {
    return lines(Arrays.stream(values).mapToObj(CText::number).toList());
  }

  /** C name of an element type. */
  static String type(ConstantBlock.Element element) {
    return switch (element) {
      case INT8 -> "int8_t";
      case INT16 -> "int16_t";
      case INT32 -> "int32_t";
      case INT64 -> "int64_t";
    };
  }

  /**
   * A pointer to elements somewhere in the arena. The arena is of bytes; buffers of wider elements
   * are aligned for them.
   *
   * @param arena expression for its first byte
   */
  static String pointer(String arena, int offset, ConstantBlock.Element element, boolean constant) {
    String bytes = arena + " + " + offset;
    String qualifier = constant ? "const " : "";
    return element == ConstantBlock.Element.INT8
        ? bytes
        : "(%1$s%2$s *)(%1$svoid *)(%3$s)".formatted(qualifier, type(element), bytes);
  }

  /** 1234567 as 1,234,567. */
  static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Initialisers, comma after each but the last, in lines of at most 96 characters. */
  static List<String> lines(int[] values) {
    return lines(Arrays.stream(values).mapToObj(CText::number).toList());
  }

  private static List<String> lines(List<String> items) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      String item = items.get(i) + (i + 1 < items.size() ? "," : "");
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
