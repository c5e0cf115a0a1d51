// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing wrong, with its place, its cause and what to do about it.
 *
 * @param message the cause, one sentence without a full stop
 * @param hint what the user can do; never empty for errors
 */
public record Diagnostic(
    Severity severity, DiagnosticCode code, ModelLocation where, String message, String hint) {
  public Diagnostic {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(code);
    Objects.requireNonNull(where);
    Objects.requireNonNull(message);
    Objects.requireNonNull(hint);
  }

  public static Diagnostic error(
      DiagnosticCode code, ModelLocation where, String message, String hint) {
    return new Diagnostic(Severity.ERROR, code, where, message, hint);
  }

  public static Diagnostic warning(
      DiagnosticCode code, ModelLocation where, String message, String hint) {
    return new Diagnostic(Severity.WARNING, code, where, message, hint);
  }

  /**
   * The form users read: {@code error[F2104]: CONV_2D #17 'block3/expand': dilation 2x2 is not
   * supported}.
   */
  @Override
  public String toString() {
    String place = where.toString();
    return severity.name().toLowerCase(Locale.ROOT)
        + "["
        + code.label()
        + "]: "
        + (place.isEmpty() ? "" : place + ": ")
        + message
        + (hint.isEmpty() ? "" : "\n  hint: " + hint);
  }
}
