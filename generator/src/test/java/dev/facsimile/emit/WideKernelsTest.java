// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.RandomWideGraphs;
import dev.facsimile.interpret.KernelOracle;
import dev.facsimile.quantize.Codes;
import dev.facsimile.report.FacsimileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every int16 operator that TensorFlow Lite has: its reference kernels, the interpreter and the
 * generated C under sanitizers give the same bytes in every tensor.
 */
final class WideKernelsTest {
  /** Networks of each operator; more with -Dwide.cases=500. */
  private static final int CASES = Integer.getInteger("wide.cases", 10);

  private static final int RUNS = 3;

  @TempDir private Path folder;

  @Test
  void tensorFlowLiteInterpreterAndCodeAgree() throws IOException, InterruptedException {
    CaseBatch program = new CaseBatch(folder);
    List<String> failures = new ArrayList<>();
    for (RandomWideGraphs.Kind kind : RandomWideGraphs.Kind.values()) {
      for (long seed = 1; seed <= CASES; seed++) {
        String name = kind + " " + seed;
        Graph graph = RandomWideGraphs.single(kind, seed);
        List<List<byte[]>> runs = runs(graph, new Random(seed));
        try {
          KernelOracle.assertEveryTensorEqual(graph, runs);
          program.add(name, graph, runs);
        } catch (AssertionError | IllegalStateException | FacsimileException e) {
          failures.add(name + ": " + e.getMessage());
        }
      }
    }
    failures.addAll(program.failures());
    assertThat(failures).isEmpty();
  }

  /** The whole range, its ends, and small codes. */
  private static List<List<byte[]>> runs(Graph graph, Random random) {
    List<List<byte[]>> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      List<byte[]> inputs = new ArrayList<>();
      for (Port port : graph.inputs()) {
        inputs.add(codes(graph.tensor(port.tensor()).shape().elements(), run, random));
      }
      runs.add(inputs);
    }
    return runs;
  }

  private static byte[] codes(int elements, int run, Random random) {
    byte[] memory = new byte[elements * DType.INT16.bytes()];
    for (int i = 0; i < elements; i++) {
      int code =
          switch (run) {
            case 0 -> random.nextInt(0x10000) + Short.MIN_VALUE;
            case 1 -> random.nextBoolean() ? Short.MIN_VALUE : Short.MAX_VALUE;
            default -> random.nextInt(401) - 200;
          };
      Codes.INT16.put(memory, i, code);
    }
    return memory;
  }
}
