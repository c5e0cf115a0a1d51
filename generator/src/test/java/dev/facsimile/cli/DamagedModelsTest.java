// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.report.ExitCode;
import dev.facsimile.tflite.DamagedFiles;
import dev.facsimile.tflite.RealNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged network is refused, or inspected and generated as what it has become. */
final class DamagedModelsTest {
  private static final int CASES = Integer.getInteger("damaged.cases", 40);

  /** Time for one command; the machine does other things, too. */
  private static final long LIMIT_NANOS = 5_000_000_000L;

  @TempDir private Path folder;

  private int done;

  @Test
  void commandsNeverEndInABug() throws IOException {
    byte[] file = RealNetworks.read("mnist_dw_int8");
    Path model = folder.resolve("damaged.tflite");
    for (long seed = 0; seed < CASES; seed++) {
      Files.write(model, DamagedFiles.of(file, seed));
      requireAnswer(seed, "inspect", model.toString());
      requireAnswer(
          seed,
          "generate",
          model.toString(),
          "--target",
          "host",
          "-o",
          folder.resolve("out").toString());
    }
    assertThat(done).as("some damage hits nothing but names and weights").isPositive();
  }

  private void requireAnswer(long seed, String... arguments) {
    long start = System.nanoTime();
    CommandLine answer = CommandLine.run(arguments);
    assertThat(System.nanoTime() - start).as("seed %d", seed).isLessThan(LIMIT_NANOS);
    assertThat(answer.exitCode())
        .as("seed %d %s: %s", seed, arguments[0], answer.err())
        .isNotEqualTo(ExitCode.BUG.value());
    done += answer.exitCode() == 0 ? 1 : 0;
  }
}
