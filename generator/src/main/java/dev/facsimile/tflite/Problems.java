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

  /** About what a diagnostic takes, with the text that is made of it. */
  private static final int BYTES_PER_DIAGNOSTIC = 1 << 10;

  /** So many are listed whatever the size of the file. */
  private static final int FEW = 8;

  private final MemoryBudget budget;
  private final List<Diagnostic> errors = new ArrayList<>();
  private final List<Diagnostic> warnings = new ArrayList<>();

  /** For what is not read from a file. */
  Problems() {
    this(new MemoryBudget(2 * MOST * BYTES_PER_DIAGNOSTIC));
  }

  /** A file's list of problems is as long as the file pays for. */
  Problems(MemoryBudget budget) {
    this.budget = budget;
  }

  void error(DiagnosticCode code, ModelLocation where, String message, String hint) {
    add(Diagnostic.error(code, where, message, hint));
  }

  void warning(DiagnosticCode code, ModelLocation where, String message, String hint) {
    add(Diagnostic.warning(code, where, message, hint));
  }

  void add(Diagnostic diagnostic) {
    List<Diagnostic> list = diagnostic.severity() == Severity.ERROR ? errors : warnings;
    boolean listed = list.size() < MOST && !list.contains(diagnostic);
    if (listed && (list.size() < FEW || budget.pays(BYTES_PER_DIAGNOSTIC))) {
      list.add(diagnostic);
    }
  }

  /** The warnings, if there is no error; else all of it is thrown, errors first. */
  List<Diagnostic> warningsOrThrow() {
    if (errors.isEmpty()) {
      return List.copyOf(warnings);
    }
    List<Diagnostic> all = new ArrayList<>(errors);
    all.addAll(warnings);
    throw new FacsimileException(all);
  }
}
