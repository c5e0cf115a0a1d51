// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/**
 * Puts generated files on disk: all of them, or none. They are written beside the output folder and
 * moved into its place at the end, so an error leaves the folder as it was.
 */
public final class FolderWriter {
  private FolderWriter() {}

  /**
   * Refuses a folder that holds anything but an earlier result of this tool.
   *
   * @throws FacsimileException OUTPUT_FOLDER_IN_USE
   */
  public static void requireUsable(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    boolean ours = Files.isDirectory(folder) && (isEmpty(folder) || LockFile.isIn(folder));
    if (!ours) {
      throw FacsimileException.error(
          DiagnosticCode.OUTPUT_FOLDER_IN_USE,
          ModelLocation.NONE,
          "'%s' exists and was not written by this tool"
              .formatted(ModelLocation.printable(folder.toString())),
          "name a new folder, or empty this one");
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> contents = Files.list(folder)) {
      return contents.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the files. An earlier result is replaced as a whole; its {@code build} folder goes too.
   *
   * @param folder need not exist; its parent is made
   * @throws FacsimileException OUTPUT_FOLDER_IN_USE; FILE_UNREADABLE if the disk refuses
   */
  public static void write(Path folder, FileTree files) {
    requireUsable(folder);
    Path target = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(target.getParent());
      Path fresh = Files.createTempDirectory(target.getParent(), ".facsimile-");
      try {
        writeAll(fresh, files);
        replace(target, fresh);
      } finally {
        deleteTree(fresh);
      }
    } catch (IOException e) {
      throw FacsimileException.error(
          DiagnosticCode.FILE_UNREADABLE,
          ModelLocation.NONE,
          "cannot write '%s': %s"
              .formatted(
                  ModelLocation.printable(folder.toString()),
                  ModelLocation.printable(String.valueOf(e.getMessage()))),
          "check that the disk has room and the folder may be written");
    }
  }

  private static void writeAll(Path root, FileTree files) throws IOException {
    for (var file : files.files().entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      boolean posix = Files.getFileStore(path).supportsFileAttributeView("posix");
      if (posix && file.getKey().endsWith(".sh")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
      // A temporary folder is the owner's alone; the result is an ordinary one.
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** The old folder steps aside first and comes back if the new one cannot take its place. */
  private static void replace(Path target, Path fresh) throws IOException {
    if (!Files.exists(target)) {
      move(fresh, target);
      return;
    }
    Path aside = fresh.resolveSibling(fresh.getFileName() + "-old");
    move(target, aside);
    try {
      move(fresh, target);
    } catch (IOException e) {
      move(aside, target);
      throw e;
    }
    deleteTree(aside);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
