// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.dataset.NpyHeader.Refused;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The arrays of an {@code .npz} file (numpy.savez, numpy.savez_compressed) by name. */
final class NpzFile {
  private static final int MAX_ENTRIES = 256;
  private static final String SUFFIX = ".npy";

  private final SortedMap<String, NpyArray> arrays;

  private NpzFile(SortedMap<String, NpyArray> arrays) {
    this.arrays = arrays;
  }

  /**
   * @throws FacsimileException FILE_UNREADABLE where it is no zip file, DATASET_INVALID for every
   *     array that cannot be read
   */
  static NpzFile read(Path file) {
    SortedMap<String, NpyArray> arrays = new TreeMap<>();
    List<Diagnostic> problems = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw BoundedFile.unreadable(file, "the file holds more than " + MAX_ENTRIES + " arrays");
      }
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(SUFFIX)) {
          String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
          try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), 1 << 16)) {
            arrays.put(name, NpyArray.read(in));
          } catch (Refused e) {
            problems.add(refused(file, name, e.getMessage()));
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // ZipFile answers hostile archives with either of the two.
      throw BoundedFile.unreadable(file, "the file is not a readable .npz archive");
    }
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
    return new NpzFile(arrays);
  }

  private static Diagnostic refused(Path file, String array, String reason) {
    return Diagnostic.error(
        DiagnosticCode.DATASET_INVALID,
        BoundedFile.place(file),
        "the array '" + ModelLocation.printable(array) + "' cannot be read: " + reason,
        "write it again with numpy.savez_compressed");
  }

  Optional<NpyArray> array(String name) {
    return Optional.ofNullable(arrays.get(name));
  }

  /** Names of all arrays, sorted. */
  Set<String> names() {
    return arrays.keySet();
  }
}
