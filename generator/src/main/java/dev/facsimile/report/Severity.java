// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

/** How bad a diagnostic is. */
public enum Severity {
  ERROR,
  WARNING
}
