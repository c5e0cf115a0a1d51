// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Public networks that are not part of the project. The environment variable {@code
 * FACSIMILE_MODELS} names their folder; tests that need one are skipped where it is absent.
 */
public final class RealNetworks {
  private static final String VARIABLE = "FACSIMILE_MODELS";

  private RealNetworks() {}

  /**
   * Contents of {@code name}.tflite, or the calling test is skipped with one line that says why.
   */
  public static byte[] read(String name) {
    String folder = System.getenv(VARIABLE);
    assumeTrue(folder != null && !folder.isEmpty(), VARIABLE + " is not set");
    Path file = Path.of(folder, name + ".tflite");
    assumeTrue(Files.isRegularFile(file), () -> file.getFileName() + " is not in " + VARIABLE);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
