// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

/**
 * Every diagnostic the tool can give; docs/errors.md explains each. Numbers are stable: never
 * reused, never renumbered. F1xxx usage and data, F2xxx model file and operators, F3xxx
 * quantization, F4xxx fitting the target, F5xxx verification.
 */
public enum DiagnosticCode {
  // Data and tasks: exit code 3 unless it is usage (2).
  FILE_UNREADABLE(1001, ExitCode.UNREADABLE),
  TASKS_INVALID(1101, ExitCode.UNREADABLE),
  TASK_UNKNOWN_OUTPUT(1102, ExitCode.UNREADABLE),
  TASK_CHANNEL_OUT_OF_RANGE(1103, ExitCode.UNREADABLE),
  DATASET_INVALID(1201, ExitCode.UNREADABLE),
  DATASET_EMPTY(1202, ExitCode.UNREADABLE),
  DATASET_SHAPE_MISMATCH(1203, ExitCode.UNREADABLE),
  CALIBRATION_MISSING(1204, ExitCode.USAGE),
  DATASET_FRAMES_LEFT_OUT(1205, ExitCode.DONE),
  DATASET_LABELS_MISSING(1206, ExitCode.DONE),
  OUTPUT_FOLDER_IN_USE(1301, ExitCode.USAGE),
  TARGET_UNKNOWN(1302, ExitCode.USAGE),
  TOOL_MISSING(1303, ExitCode.USAGE),
  TARGET_INVALID(1304, ExitCode.UNREADABLE),
  OUTPUT_FILE_IN_USE(1308, ExitCode.USAGE),
  FIRMWARE_INVALID(1401, ExitCode.UNREADABLE),

  // The model file.
  MODEL_NOT_TFLITE(2001, ExitCode.UNREADABLE),
  MODEL_TRUNCATED(2002, ExitCode.UNREADABLE),
  MODEL_CORRUPT(2003, ExitCode.UNREADABLE),
  MODEL_TOO_LARGE(2004, ExitCode.UNREADABLE),
  MODEL_CYCLIC(2005, ExitCode.UNREADABLE),
  OPERATOR_UNSUPPORTED(2101, ExitCode.UNSUPPORTED),
  OPERATOR_CUSTOM(2102, ExitCode.UNSUPPORTED),
  TYPE_UNSUPPORTED(2103, ExitCode.UNSUPPORTED),
  PARAMETER_UNSUPPORTED(2104, ExitCode.UNSUPPORTED),
  SHAPE_DYNAMIC(2105, ExitCode.UNSUPPORTED),
  SHAPE_INVALID(2106, ExitCode.UNREADABLE),
  SUBGRAPHS_UNSUPPORTED(2107, ExitCode.UNSUPPORTED),
  SPARSE_UNSUPPORTED(2108, ExitCode.UNSUPPORTED),
  QUANTIZATION_UNSUPPORTED(2109, ExitCode.UNSUPPORTED),
  TFLITE_INEXPRESSIBLE(2110, ExitCode.UNSUPPORTED),
  BUFFER_EXTERNAL(2111, ExitCode.UNSUPPORTED),
  WEIGHTS_DEQUANTIZED(2201, ExitCode.DONE),
  UINT8_CONVERTED(2202, ExitCode.DONE),
  INDEX_NARROWED(2203, ExitCode.DONE),

  // Quantization.
  ACCUMULATOR_MAY_OVERFLOW(3001, ExitCode.UNSUPPORTED),
  VALUE_NOT_FINITE(3002, ExitCode.UNREADABLE),

  // The target.
  RAM_EXCEEDED(4001, ExitCode.DOES_NOT_FIT),
  FLASH_EXCEEDED(4002, ExitCode.DOES_NOT_FIT),

  // Verification.
  OUTPUT_DIFFERS(5001, ExitCode.VERIFICATION_FAILED),
  LAYER_DIFFERS(5002, ExitCode.VERIFICATION_FAILED),
  VERDICT_MISSING(5003, ExitCode.VERIFICATION_FAILED),
  VERIFY_TIMEOUT(5004, ExitCode.VERIFICATION_FAILED),
  BUILD_FAILED(5005, ExitCode.VERIFICATION_FAILED),
  SANITIZER_REPORT(5006, ExitCode.VERIFICATION_FAILED),
  FIRMWARE_MISMATCH(5007, ExitCode.VERIFICATION_FAILED);

  private final int number;
  private final ExitCode exitCode;

  DiagnosticCode(int number, ExitCode exitCode) {
    this.number = number;
    this.exitCode = exitCode;
  }

  public int number() {
    return number;
  }

  /** F2101. */
  public String label() {
    return "F" + number;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
