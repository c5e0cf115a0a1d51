// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where generated files come from: all that is needed to make them again.
 *
 * @param toolVersion such as 0.1.0
 * @param modelSha256 of the model file, 64 lower-case hexadecimal digits
 * @param options what the user chose, by name; no paths, no dates
 */
public record Provenance(
    String toolVersion, String modelSha256, SortedMap<String, String> options) {
  public Provenance {
    if (!modelSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256: " + modelSha256);
    }
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }
}
