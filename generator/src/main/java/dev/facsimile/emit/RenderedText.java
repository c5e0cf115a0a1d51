// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a template printed, checked and made tidy. */
final class RenderedText {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "[^\\n\\t\\x20-\\x7E" + TemplateRenderer.HASH + TemplateRenderer.DOLLAR + "]|[#$]");
  private static final Pattern UNKNOWN_DIRECTIVE =
      Pattern.compile(
          "(?m)^[ \\t]*#(?![ \\t]*"
              + "(include|define|undef|if|ifdef|ifndef|elif|else|endif|error|pragma)\\b).*$");
  private static final Pattern C_FILE = Pattern.compile(".*\\.(c|h|s|S)\\.vm");

  private RenderedText() {}

  static String of(String template, String raw) {
    Matcher forbidden = FORBIDDEN.matcher(raw);
    if (forbidden.find()) {
      throw wrong(template, raw, forbidden.start(), "a character that no generated file may hold");
    }
    String text =
        tidy(raw.replace(TemplateRenderer.HASH, '#').replace(TemplateRenderer.DOLLAR, '$'));
    Matcher unknown = UNKNOWN_DIRECTIVE.matcher(text);
    if (C_FILE.matcher(template).matches() && unknown.find()) {
      throw wrong(template, text, unknown.start(), "an unknown preprocessor directive");
    }
    return text;
  }

  /** No blanks at line ends, no two blank lines in a row, none at either end. */
  static String tidy(String text) {
    return text.replaceAll("[ \\t]+(?=\\n|\\z)", "")
            .replaceAll("\\n{3,}", "\n\n")
            .replaceAll("\\A\\n+|\\n+\\z", "")
        + "\n";
  }

  private static IllegalStateException wrong(
      String template, String text, int position, String what) {
    int lineStart = text.lastIndexOf('\n', position) + 1;
    int lineEnd = text.indexOf('\n', position);
    long line = text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    return new IllegalStateException(
        "template %s printed %s (U+%04X) in line %d: %s"
            .formatted(
                template,
                what,
                (int) text.charAt(position),
                line,
                text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd)));
  }
}
