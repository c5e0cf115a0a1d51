// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.random.RandomIntegerGraphs;
import dev.facsimile.interpret.KernelOracle;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random networks of every operator: TensorFlow Lite's reference kernels, the interpreter and the
 * generated C under sanitizers give the same bytes in every tensor. A failure names the operator
 * and the seed; put that line into test-fixtures/oracle/seeds.txt, and it is repeated for ever.
 */
final class RandomGraphsCodeTest {
  /** Networks to try; a full run says -Doracle.cases=20000. */
  private static final int CASES = Integer.getInteger("oracle.cases", 2000);

  private static final long FIRST_SEED = Long.getLong("oracle.seed", 1);
  private static final int BATCH = 125;
  private static final int RUNS = 2;
  private static final Path SEEDS = Path.of("..", "test-fixtures", "oracle", "seeds.txt");

  private final AtomicInteger unplanned = new AtomicInteger();

  @TempDir private Path folder;

  /** What a line of the list of seeds says: a kind of operator, or CHAIN, and a seed. */
  private record Seed(String kind, long seed) {
    static Seed parse(String line) {
      String[] words = line.strip().split(" +", -1);
      return new Seed(words[0], Long.parseLong(words[1]));
    }

    static Seed nth(long seed) {
      return new Seed(RandomIntegerGraphs.name(seed), seed);
    }

    Graph graph() {
      return RandomIntegerGraphs.graph(kind, seed);
    }

    @Override
    public String toString() {
      return kind + " " + seed;
    }
  }

  @Test
  void tensorFlowLiteInterpreterAndCodeAgreeOnEveryTensor() {
    List<Seed> seeds =
        LongStream.range(FIRST_SEED, FIRST_SEED + CASES).mapToObj(Seed::nth).toList();
    assertThat(failures(seeds)).isEmpty();
    assertThat(unplanned.get())
        .as("networks refused because an accumulator may overflow")
        .isLessThan(1 + CASES / 20);
  }

  @Test
  void seedsThatFailedOnceDoNotFailAgain() throws IOException {
    List<Seed> seeds =
        Files.readAllLines(SEEDS).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Seed::parse)
            .toList();
    assertThat(seeds).isNotEmpty();
    assertThat(failures(seeds)).isEmpty();
  }

  private List<String> failures(List<Seed> seeds) {
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    int batches = (seeds.size() + BATCH - 1) / BATCH;
    IntStream.range(0, batches)
        .parallel()
        .forEach(
            batch -> {
              int start = batch * BATCH;
              int end = Math.min(seeds.size(), start + BATCH);
              failures.addAll(batch(folder.resolve("b" + batch), seeds.subList(start, end)));
            });
    return failures;
  }

  private List<String> batch(Path place, List<Seed> seeds) {
    List<String> failures = new ArrayList<>();
    try {
      CaseBatch program = new CaseBatch(Files.createDirectories(place));
      for (Seed seed : seeds) {
        add(seed, program, failures);
      }
      failures.addAll(program.failures());
      return failures;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void add(Seed seed, CaseBatch program, List<String> failures) throws IOException {
    try {
      Graph graph = seed.graph();
      List<List<byte[]>> runs = KernelOracle.codes(graph, RUNS, new Random(seed.seed()));
      KernelOracle.assertEveryTensorEqual(graph, runs);
      program.add(seed.toString(), graph, runs);
    } catch (FacsimileException e) {
      if (e.diagnostics().get(0).code() == DiagnosticCode.ACCUMULATOR_MAY_OVERFLOW) {
        unplanned.incrementAndGet();
      } else {
        failures.add(seed + ": " + e.getMessage());
      }
    } catch (AssertionError | IllegalStateException | IllegalArgumentException e) {
      failures.add(seed + ": " + e.getMessage());
    }
  }
}
