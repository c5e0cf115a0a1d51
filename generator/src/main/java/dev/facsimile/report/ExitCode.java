// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

/** What the process answers to its caller. */
public enum ExitCode {
  DONE(0),
  BUG(1),
  USAGE(2),
  UNREADABLE(3),
  UNSUPPORTED(4),
  DOES_NOT_FIT(5),
  VERIFICATION_FAILED(6);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  public int value() {
    return value;
  }
}
