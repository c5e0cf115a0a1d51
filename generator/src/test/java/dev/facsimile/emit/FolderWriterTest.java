// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWriterTest {
  private static final String LOCK = "{\"generator\": \"facsimile\"}";

  @TempDir private Path parent;

  private static FileTree tree(String text) {
    return new FileTree().put("a/b.txt", text).put("run.sh", "").put(LockFile.NAME, LOCK);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(parent)) {
      return files
          .filter(Files::isRegularFile)
          .map(path -> parent.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void writesEverythingAndLeavesNothingBeside() throws IOException {
    FolderWriter.write(parent.resolve("out"), tree("one"));
    assertThat(names()).containsExactly("out/a/b.txt", "out/facsimile.lock.json", "out/run.sh");
    assertThat(parent.resolve("out/run.sh")).isExecutable();
    assertThat(parent.resolve("out/a/b.txt")).hasContent("one").isReadable();
  }

  @Test
  void replacesItsOwnResult() throws IOException {
    FolderWriter.write(parent.resolve("out"), tree("one").put("old.txt", ""));
    FolderWriter.write(parent.resolve("out"), tree("two"));
    assertThat(names()).containsExactly("out/a/b.txt", "out/facsimile.lock.json", "out/run.sh");
    assertThat(parent.resolve("out/a/b.txt")).hasContent("two");
  }

  @Test
  void takesAnEmptyFolder() throws IOException {
    Files.createDirectory(parent.resolve("out"));
    FolderWriter.write(parent.resolve("out"), tree("one"));
    assertThat(names()).hasSize(3);
  }

  @Test
  void refusesAFolderOfSomebodyElse() throws IOException {
    for (String stranger : List.of("thesis.tex", LockFile.NAME)) {
      Path out = Files.createDirectory(parent.resolve("out-" + stranger));
      Files.writeString(out.resolve(stranger), "{\"generator\": \"another\"}");
      assertThatThrownBy(() -> FolderWriter.write(out, tree("one")))
          .isInstanceOfSatisfying(
              FacsimileException.class,
              e ->
                  assertThat(e.diagnostics().get(0).code())
                      .isEqualTo(DiagnosticCode.OUTPUT_FOLDER_IN_USE));
    }
    assertThat(names()).hasSize(2);
  }

  @Test
  void refusesAFileInThePlaceOfTheFolder() throws IOException {
    Path file = Files.writeString(parent.resolve("out"), "mine");
    assertThatThrownBy(() -> FolderWriter.write(file, tree("one")))
        .isInstanceOf(FacsimileException.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void anErrorLeavesTheFolderAsItWas() throws IOException {
    Path out = parent.resolve("out");
    FolderWriter.write(out, tree("one"));
    // A file cannot be a folder as well: writing fails half-way.
    FileTree impossible = tree("two").put("c", "").put("c/d", "");
    assertThatThrownBy(() -> FolderWriter.write(out, impossible))
        .isInstanceOf(FacsimileException.class);
    assertThat(names()).hasSize(3);
    assertThat(out.resolve("a/b.txt")).hasContent("one");
  }

  @Test
  void aPathCannotLeaveTheFolder() {
    for (String path : List.of("../x", "/x", "a//b", "a/../b", ".hidden", "a\\b", "", "a b")) {
      assertThatThrownBy(() -> new FileTree().put(path, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
