// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.ModelFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of every command that reads a network. */
final class ModelArguments {
  @Parameters(paramLabel = "MODEL", description = "The trained network, a .tflite file.")
  private Path model;

  @Option(
      names = "--tasks",
      paramLabel = "FILE",
      description =
          "What the outputs mean (tasks.yaml). Without it every output channel is a task.")
  private Path tasks;

  Path path() {
    return model;
  }

  ModelFile read(Console console) {
    ModelFile file = ModelFile.read(model, Optional.ofNullable(tasks));
    console.diagnostics(file.warnings());
    return file;
  }

  /** Another model of the same tasks. */
  ModelFile readAlso(Path other) {
    return ModelFile.read(other, Optional.ofNullable(tasks));
  }
}
