// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.dataset.DefaultTasks;
import dev.facsimile.dataset.TasksFile;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import dev.facsimile.tflite.TfliteModel;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A .tflite as the user named it, with what tasks.yaml says of it.
 *
 * @param sha256 of the file, 64 lower-case hexadecimal digits: generated folders carry it
 * @param network as the file has it, before any pass
 */
public record ModelFile(String sha256, long bytes, Network network, List<Diagnostic> warnings) {
  /** Nothing that fits a microcontroller comes near. */
  private static final long MOST_BYTES = 256L << 20;

  public ModelFile {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the model and, where given, its tasks.
   *
   * @throws FacsimileException with every problem of the first file that has any
   */
  public static ModelFile read(Path model, Optional<Path> tasks) {
    byte[] bytes = contents(model);
    TfliteModel read = TfliteReader.read(bytes);
    String name = nameOf(model);
    Graph graph = read.graph();
    Network network =
        tasks
            .map(file -> TasksFile.read(file, name, graph))
            .orElseGet(() -> new Network(name, graph, DefaultTasks.of(graph), Optional.empty()));
    return new ModelFile(sha256(bytes), bytes.length, network, read.warnings());
  }

  private static byte[] contents(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw FacsimileException.error(
            DiagnosticCode.MODEL_TOO_LARGE,
            ModelLocation.NONE,
            "the file has more than " + (MOST_BYTES >> 20) + " MiB",
            "networks for microcontrollers have at most a few; is this the right file?");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FacsimileException.error(
          DiagnosticCode.FILE_UNREADABLE,
          ModelLocation.NONE,
          "cannot read '%s': %s"
              .formatted(
                  ModelLocation.printable(file.toString()),
                  e instanceof NoSuchFileException
                      ? "there is no such file"
                      : ModelLocation.printable(String.valueOf(e.getMessage()))),
          "give the path of a .tflite file");
    }
  }

  /** The file's name without its extension. */
  private static String nameOf(Path model) {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
