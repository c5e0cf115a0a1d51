// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.calibrate.IntegerInputs;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What goes into the network during the self-test: real examples where there are any, else seeded
 * random codes.
 */
final class SelfTestInputs {
  private static final long SEED = 0xFAC5;

  private SelfTestInputs() {}

  /** For each vector the codes of every input port. */
  static List<List<byte[]>> of(Network network, Optional<Dataset> examples, int vectors) {
    return examples
        .map(dataset -> spread(network, dataset, Math.min(vectors, dataset.size())))
        .orElseGet(() -> random(network.graph(), vectors));
  }

  /** Evenly over the data set, which is often sorted by person. */
  private static List<List<byte[]>> spread(Network network, Dataset dataset, int vectors) {
    IntegerInputs inputs = IntegerInputs.of(dataset, network);
    List<List<byte[]>> chosen = new ArrayList<>();
    for (int v = 0; v < vectors; v++) {
      int example = (int) ((long) v * dataset.size() / vectors);
      chosen.add(inputs.codes(example, network.graph()));
    }
    return chosen;
  }

  private static List<List<byte[]>> random(Graph graph, int vectors) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<List<byte[]>> chosen = new ArrayList<>();
    for (int v = 0; v < vectors; v++) {
      List<byte[]> codes = new ArrayList<>();
      for (Port port : graph.inputs()) {
        byte[] bytes = new byte[graph.tensor(port.tensor()).bytes()];
        random.nextBytes(bytes);
        codes.add(bytes);
      }
      chosen.add(codes);
    }
    return chosen;
  }
}
