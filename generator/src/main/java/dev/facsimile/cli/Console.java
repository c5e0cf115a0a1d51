// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.Severity;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Where the tool speaks: answers on standard output, everything else on standard error. Colours and
 * progress bars appear on a terminal only, colours not where NO_COLOR is set (no-color.org).
 */
public final class Console {
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean colours;

  Console(PrintStream out, PrintStream err, boolean terminal, boolean colours) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.colours = colours;
  }

  /**
   * The console of this process. A JVM cannot ask whether its standard output is a terminal
   * (System.console() changed its meaning in JDK 22), so the launcher says it in the environment:
   * FACSIMILE_TERMINAL=1.
   */
  static Console ofProcess(Map<String, String> environment) {
    boolean terminal =
        "1".equals(environment.get("FACSIMILE_TERMINAL"))
            && !"dumb".equals(environment.get("TERM"));
    boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Console(System.out, System.err, terminal, terminal && !noColor);
  }

  void print(String text) {
    out.print(text);
    out.flush();
  }

  void println(String line) {
    out.println(line);
    out.flush();
  }

  /** A remark on the work, not part of the answer. */
  void note(String line) {
    err.println(line);
  }

  void diagnostics(List<Diagnostic> diagnostics) {
    diagnostics.forEach(this::diagnostic);
  }

  private void diagnostic(Diagnostic diagnostic) {
    String text = diagnostic.toString();
    int colon = text.indexOf(':');
    Style style = diagnostic.severity() == Severity.ERROR ? Style.BAD : Style.WARN;
    err.println(styled(style, text.substring(0, colon)) + text.substring(colon));
  }

  boolean isTerminal() {
    return terminal;
  }

  PrintStream err() {
    return err;
  }

  PrintStream out() {
    return out;
  }

  String styled(Style style, String text) {
    return colours ? style.code + text + RESET : text;
  }

  /** What a piece of text is; how it looks is decided here. */
  enum Style {
    GOOD("\u001b[32m"),
    BAD("\u001b[1;31m"),
    WARN("\u001b[33m"),
    STRONG("\u001b[1m"),
    FAINT("\u001b[2m");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }
}
