// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.report.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file, so that all of it is reported at once. */
final class Problems {
  /** A file with more errors than this is not worth a longer list. */
  private static final int MOST = 200;

  private final List<Diagnostic> all = new ArrayList<>();

  void error(DiagnosticCode code, ModelLocation where, String message, String hint) {
    add(Diagnostic.error(code, where, message, hint));
  }

  void warning(DiagnosticCode code, ModelLocation where, String message, String hint) {
    add(Diagnostic.warning(code, where, message, hint));
  }

  void add(Diagnostic diagnostic) {
    if (all.size() < MOST) {
      all.add(diagnostic);
    }
  }

  /** The warnings, if there is no error; else all of it is thrown, errors first. */
  List<Diagnostic> warningsOrThrow() {
    List<Diagnostic> errors = of(Severity.ERROR);
    List<Diagnostic> warnings = of(Severity.WARNING);
    if (errors.isEmpty()) {
      return warnings;
    }
    errors.addAll(warnings);
    throw new FacsimileException(errors);
  }

  private List<Diagnostic> of(Severity severity) {
    List<Diagnostic> matching = new ArrayList<>();
    for (Diagnostic diagnostic : all) {
      if (diagnostic.severity() == severity) {
        matching.add(diagnostic);
      }
    }
    return matching;
  }
}
