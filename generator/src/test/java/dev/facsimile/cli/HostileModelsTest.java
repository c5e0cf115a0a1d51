// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;
import dev.facsimile.tflite.TfliteWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no models, or damaged ones, as a user meets them: a number, a hint, no trace. */
final class HostileModelsTest {
  private static final Path MODEL = Path.of("..", "models", "au12-mobile", "au12.tflite");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'version https://git-lfs.github.com/spec/v1\noid sha256:4f36\nsize 12\n', Git LFS pointer",
    "'<!DOCTYPE html><html><body>404</body></html>', web page"
  })
  void whatIsNoModelIsRefusedByEveryCommand(String content, String message) throws IOException {
    Path file = folder.resolve("model.tflite");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    for (String command : new String[] {"inspect", "generate", "evaluate"}) {
      CommandLine run = run(command, file);
      assertThat(run.exitCode()).as(command).isEqualTo(3);
      assertThat(run.err()).contains("error[F2001]").contains(message).contains("hint: ");
      assertNothingWrittenBeside(file);
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(MODEL);
    Path file = folder.resolve("model.tflite");
    for (int length = 4 << 10; length < whole.length; length += 4 << 10) {
      Files.write(file, Arrays.copyOf(whole, length));
      CommandLine run = run("generate", file);
      assertThat(run.exitCode()).as("%d bytes: %s", length, run.err()).isEqualTo(3);
      assertThat(run.err()).contains("error[F200").contains("hint: ").doesNotContain("\tat ");
      assertNothingWrittenBeside(file);
    }
  }

  /** What the reader still accepts goes through every later stage, too. */
  @Test
  void corruptionsNeverEndInABugAndOnlySuccessWrites() throws IOException {
    byte[] whole = integerNetwork();
    Path file = folder.resolve("model.tflite");
    int generated = 0;
    for (long seed = 0; seed < 400; seed++) {
      Files.write(file, corrupted(whole, seed));
      CommandLine run = run("generate", file);
      assertThat(run.exitCode()).as("seed %d: %s", seed, run.err()).isIn(0, 2, 3, 4, 5);
      if (run.exitCode() == 0) {
        generated++;
      } else {
        assertThat(run.err()).containsPattern("error\\[F[1-4][0-9]{3}]").contains("hint: ");
        assertNothingWrittenBeside(file);
      }
    }
    assertThat(generated).as("some corruptions hit nothing but names and weights").isPositive();
  }

  private static byte[] integerNetwork() {
    GraphChain chain = GraphChain.graph().input("x", 0.5f, 3, 1, 8, 8, 2);
    chain.conv2d(4, 3, 1, Activation.RELU);
    TensorId fork = chain.last();
    chain.depthwiseConv2d(1, 3, 1, Activation.RELU6).add(fork).maxPool(2, 2).output("features");
    chain.reshape(1, 64).fullyConnected(5, Activation.NONE).softmax(1).output("classes");
    return TfliteWriter.write(chain.build()).bytes();
  }

  private static byte[] corrupted(byte[] file, long seed) {
    Random random = new Random(seed);
    byte[] damaged = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
    int at = 8 + random.nextInt(file.length - 16) & ~3;
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes.putInt(at, random.nextInt());
      case 2 -> bytes.putInt(at, bytes.getInt(at) + random.nextInt(9) - 4);
      default -> bytes.putInt(at, bytes.getInt(8 + random.nextInt(file.length - 16) & ~3));
    }
    return damaged;
  }

  private CommandLine run(String command, Path model) {
    return switch (command) {
      case "inspect" -> CommandLine.run("inspect", model.toString());
      case "evaluate" ->
          CommandLine.run(
              "evaluate", model.toString(), "--calibration", "noise:1", "--data", "noise:1");
      default ->
          CommandLine.run(
              "generate",
              model.toString(),
              "--target",
              "host",
              "--vectors",
              "1",
              "-o",
              folder.resolve("firmware").toString());
    };
  }

  private void assertNothingWrittenBeside(Path file) throws IOException {
    Path written = folder.resolve("firmware");
    if (Files.exists(written)) {
      // An earlier success of the same test; the failure must have left it whole.
      assertThat(written.resolve("facsimile.lock.json")).exists();
    }
    try (var entries = Files.list(folder)) {
      assertThat(entries).isSubsetOf(file, written);
    }
  }
}
