// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is on the disk but not yet in its place, so that it appears together with what else a
 * command writes, or not at all. Closing it before {@link #publish()} leaves nothing behind.
 */
public final class StagedFile implements AutoCloseable {
  private final Path target;
  private final Path staged;

  private StagedFile(Path target, Path staged) {
    this.target = target;
    this.staged = staged;
  }

  /**
   * Refuses a place that is a folder, one of {@code inputs}, or in the folder {@code replaced},
   * which is about to be written anew.
   *
   * @throws FacsimileException OUTPUT_FILE_IN_USE
   */
  public static void requireUsable(Path file, Path replaced, Path... inputs) {
    if (Files.isDirectory(file)) {
      throw refused(file, "is a folder", "name a file");
    }
    if (absolute(file).startsWith(absolute(replaced))) {
      throw refused(
          file,
          "is in the output folder, which is replaced as a whole",
          "name a file outside of the output folder");
    }
    for (Path input : inputs) {
      if (isSame(file, input)) {
        throw refused(file, "is an input of this command", "name another file");
      }
    }
  }

  /**
   * Writes the contents beside {@code file}.
   *
   * @param file its folder is made if there is none
   * @throws FacsimileException FILE_UNREADABLE if the disk refuses
   */
  public static StagedFile beside(Path file, byte[] contents) {
    Path target = absolute(file);
    try {
      Files.createDirectories(target.getParent());
      Path staged = Files.createTempFile(target.getParent(), ".facsimile-", ".tmp");
      StagedFile result = new StagedFile(target, staged);
      try {
        Files.write(staged, contents);
        if (Files.getFileStore(staged).supportsFileAttributeView("posix")) {
          // A temporary file is the owner's alone; the result is an ordinary one.
          Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return result;
      } catch (IOException e) {
        result.close();
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /**
   * Puts the file in its place; one that was there is replaced.
   *
   * @throws FacsimileException FILE_UNREADABLE if the disk refuses
   */
  public void publish() {
    try {
      try {
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static boolean isSame(Path file, Path input) {
    try {
      return absolute(file).equals(absolute(input))
          || (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static FacsimileException refused(Path file, String why, String hint) {
    return FacsimileException.error(
        DiagnosticCode.OUTPUT_FILE_IN_USE,
        ModelLocation.NONE,
        "'%s' %s".formatted(ModelLocation.printable(file.toString()), why),
        hint);
  }

  private static FacsimileException unwritable(Path file, IOException cause) {
    return FacsimileException.error(
        DiagnosticCode.FILE_UNREADABLE,
        ModelLocation.NONE,
        "cannot write '%s': %s"
            .formatted(
                ModelLocation.printable(file.toString()),
                ModelLocation.printable(String.valueOf(cause.getMessage()))),
        "check that the disk has room and the folder may be written");
  }
}
