// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;

/**
 * Memory that reading a file may take, in proportion to the file. A small file could else unfold
 * into a large network: tables may point at one another's contents, many tensors may share a
 * constant of which each gets a copy in another type, and a shape may promise what is not there.
 * Whoever allocates charges first.
 */
final class MemoryBudget {
  /** Reading stays below ten times the file; the tenth is for what is too small to be charged. */
  private static final int PER_BYTE = 9;

  /** What a network of a few hundred bytes needs, whose tables are larger as objects. */
  private static final int LEAST = 64 << 10;

  private long left;

  MemoryBudget(int fileLength) {
    left = (long) PER_BYTE * fileLength + LEAST;
  }

  /** Throws where the file does not pay for so many bytes. */
  void charge(long bytes) {
    if (!pays(bytes)) {
      throw FacsimileException.error(
          DiagnosticCode.MODEL_CORRUPT,
          ModelLocation.NONE,
          "its tables overlap one another",
          FlatFileDecoder.DAMAGED);
    }
  }

  /** Charges so many bytes if they are left. */
  boolean pays(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }
}
