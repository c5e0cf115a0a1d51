// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders in a folder. */
final class Subfolders {
  private Subfolders() {}

  /** Names of those whose whole name the expression matches, sorted. */
  static List<String> of(Path folder, String expression) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(Files::isDirectory)
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.matches(expression))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw BoundedFile.unreadable(folder, "the folder cannot be read");
    }
  }
}
