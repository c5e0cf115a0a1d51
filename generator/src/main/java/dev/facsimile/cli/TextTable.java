// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for people: columns aligned, numbers to the right, a rule under the head. */
final class TextTable {
  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... head) {
    this.head = List.of(head);
  }

  TextTable row(String... cells) {
    return row(Arrays.asList(cells));
  }

  TextTable row(List<String> cells) {
    if (cells.size() != head.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells in a table of " + head.size() + " columns");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The table, each line indented by two spaces and ended by a newline. */
  String render() {
    int[] widths = new int[head.size()];
    boolean[] numeric = new boolean[head.size()];
    Arrays.fill(numeric, !rows.isEmpty());
    for (int column = 0; column < widths.length; column++) {
      widths[column] = head.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
        numeric[column] &= isNumber(row.get(column));
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, head, widths, numeric);
    text.append("  ");
    for (int column = 0; column < widths.length; column++) {
      text.append("\u2500".repeat(widths[column])).append(column + 1 < widths.length ? "  " : "\n");
    }
    rows.forEach(row -> line(text, row, widths, numeric));
    return text.toString();
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty() || cell.equals("-") || cell.matches("[-+]?[0-9][0-9,.]*( ?[%a-zA-Z]*)?");
  }

  private static void line(
      StringBuilder text, List<String> cells, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder("  ");
    for (int column = 0; column < widths.length; column++) {
      String gap = " ".repeat(widths[column] - cells.get(column).length());
      line.append(numeric[column] ? gap + cells.get(column) : cells.get(column) + gap).append("  ");
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
