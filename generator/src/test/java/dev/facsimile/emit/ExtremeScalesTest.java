// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.random.RandomIntegerGraphs;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.interpret.KernelOracle;
import dev.facsimile.quantize.IntegerContract;
import dev.facsimile.report.FacsimileException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A damaged file may give a tensor any positive scale, however far from those around it: the
 * operator is refused by the contract, or everything that follows bears it.
 */
final class ExtremeScalesTest {
  private static final float[] SCALES = {
    Float.MIN_VALUE, 1e-38f, 1e-30f, 1e-20f, 1e-12f, 1e-6f, 1e6f, 1e12f, 1e20f, 1e30f, 3e38f
  };

  private static final int CASES = 800;

  @Test
  void isRefusedOrRuns() {
    int refused = 0;
    for (int seed = 1; seed <= CASES; seed++) {
      Graph graph = damaged(RandomIntegerGraphs.graph(RandomIntegerGraphs.name(seed), seed), seed);
      refused += isRefused(graph, seed) ? 1 : 0;
    }
    assertThat(refused).isBetween(CASES / 10, CASES * 9 / 10);
  }

  private static boolean isRefused(Graph graph, int seed) {
    try {
      if (!IntegerContract.violations(graph).isEmpty()) {
        return true;
      }
      GeneratedFolder.plan(graph);
      IntegerInterpreter interpreter = new IntegerInterpreter(graph);
      KernelOracle.codes(graph, 1, new Random(seed)).forEach(interpreter::run);
      return false;
    } catch (FacsimileException e) {
      return true;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + "\n" + graph, e);
    }
  }

  private static Graph damaged(Graph graph, int seed) {
    Random random = new Random(seed);
    List<Tensor> quantized =
        graph.tensors().stream().filter(t -> t.quantization().isPresent() && !t.isIndex()).toList();
    Tensor hit = quantized.get(random.nextInt(quantized.size()));
    float scale = SCALES[random.nextInt(SCALES.length)];
    Quantization damaged =
        hit.quantization().orElseThrow() instanceof Quantization.PerChannel channels
            ? new Quantization.PerChannel(
                Collections.nCopies(channels.scales().size(), scale), channels.axis())
            : new Quantization.PerTensor(scale, hit.perTensor().zeroPoint());
    return graph.withTensors(List.of(hit.withType(hit.type(), damaged)));
  }
}
