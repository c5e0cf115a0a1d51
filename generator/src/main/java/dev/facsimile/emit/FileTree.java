// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The generated files, in memory, by path below the output folder; {@code /} between names. */
public final class FileTree {
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /** Adds a text file. */
  public FileTree put(String path, String text) {
    return put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a file.
   *
   * @throws IllegalArgumentException if the path leaves the folder, holds anything but letters,
   *     digits, dot, underscore and hyphen, or is there already
   */
  public FileTree put(String path, byte[] contents) {
    for (String name : path.split("/", -1)) {
      if (!PATH.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + path + "' is no path of a generated file");
      }
    }
    if (files.putIfAbsent(path, contents.clone()) != null) {
      throw new IllegalArgumentException("two generated files are called " + path);
    }
    return this;
  }

  public FileTree putAll(FileTree other) {
    other.files.forEach(this::put);
    return this;
  }

  /** Every file in the order of the paths; the contents are the tree's own. */
  public SortedMap<String, byte[]> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  /** Contents of a text file. */
  public String text(String path) {
    byte[] contents = files.get(path);
    if (contents == null) {
      throw new IllegalArgumentException("there is no generated file " + path);
    }
    return new String(contents, StandardCharsets.UTF_8);
  }
}
