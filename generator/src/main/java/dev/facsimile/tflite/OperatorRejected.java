// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.report.DiagnosticCode;

/** One operator cannot be imported; the import goes on to find what else is wrong. */
final class OperatorRejected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient DiagnosticCode code;
  private final String hint;

  private OperatorRejected(DiagnosticCode code, String message, String hint) {
    super(message, null, false, false);
    this.code = code;
    this.hint = hint;
  }

  static OperatorRejected because(DiagnosticCode code, String message, String hint) {
    return new OperatorRejected(code, message, hint);
  }

  /** The cause is a tensor whose fault has been reported. */
  static OperatorRejected alreadyReported() {
    return new OperatorRejected(null, "", "");
  }

  boolean isReported() {
    return code == null;
  }

  DiagnosticCode code() {
    return code;
  }

  String hint() {
    return hint;
  }
}
