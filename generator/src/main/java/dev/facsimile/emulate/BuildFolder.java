// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A temporary copy of a firmware folder's C files, in which to build; the user's folder is only
 * read. Symbolic links are not followed and not copied.
 */
final class BuildFolder implements AutoCloseable {
  private static final long MOST_BYTES = 1L << 30;
  private static final Set<String> EXTENSIONS = Set.of("c", "h", "inc", "ld");

  private final FirmwareFolder folder;
  private final Path original;
  private final Path root;

  private BuildFolder(FirmwareFolder folder, Path original, Path root) {
    this.folder = folder;
    this.original = original;
    this.root = root;
  }

  static BuildFolder copyOf(FirmwareFolder folder) {
    try {
      Path original = folder.root().toRealPath();
      Path root = Files.createTempDirectory("facsimile-build-");
      BuildFolder copy = new BuildFolder(folder, original, root);
      Files.walkFileTree(original, copy.new Copier());
      return copy;
    } catch (IOException unreadable) {
      throw FacsimileException.error(
          DiagnosticCode.FILE_UNREADABLE,
          ModelLocation.NONE,
          "cannot copy '" + folder.root() + "': " + unreadable.getMessage(),
          "check that the folder may be read and that there is room for temporary files");
    }
  }

  Path root() {
    return root;
  }

  /**
   * The network's C files.
   *
   * @throws FacsimileException FIRMWARE_INVALID if one is missing
   */
  List<String> networkSources() {
    for (String source : folder.sources()) {
      requireFile(source);
    }
    return folder.sources();
  }

  /** The network, the self-test and the board. */
  List<String> imageSources(String board) {
    List<String> sources = new ArrayList<>(networkSources());
    sources.addAll(cFiles("selftest"));
    sources.addAll(cFiles("vectors"));
    sources.addAll(cFiles("board/" + board));
    return sources;
  }

  void requireFile(String path) {
    if (!Files.isRegularFile(root.resolve(path))) {
      throw FacsimileException.error(
          DiagnosticCode.FIRMWARE_INVALID,
          ModelLocation.NONE,
          "the folder has no " + path,
          "generate the folder again");
    }
  }

  private List<String> cFiles(String subfolder) {
    Path path = root.resolve(subfolder);
    if (!Files.isDirectory(path)) {
      requireFile(subfolder + "/*.c");
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> subfolder + "/" + file.getFileName())
          .filter(file -> file.endsWith(".c"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException kept) {
      throw new UncheckedIOException("cannot remove " + root, kept);
    }
  }

  /** Copies what compilers read, and as much as a firmware can be. */
  private final class Copier extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Path relative = original.relativize(directory);
      if (relative.toString().equals("build") || relative.toString().equals(".git")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(root.resolve(relative.toString()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = file.getFileName().toString();
      String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      if (attributes.isRegularFile() && EXTENSIONS.contains(extension)) {
        bytes += attributes.size();
        if (bytes > MOST_BYTES) {
          throw new IOException("more than 1 GiB of source files");
        }
        Files.copy(file, root.resolve(original.relativize(file).toString()));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
