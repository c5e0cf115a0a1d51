// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.graph.Network;
import dev.facsimile.passes.GraphPass;
import dev.facsimile.passes.PassListener;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.passes.RemoveIdentities;
import dev.facsimile.passes.channels.RemoveDeadChannels;
import java.util.List;

/** What is done to every network, float or integer, before anything else is done with it. */
public final class Simplification {
  private static final PassPipeline BEFORE = PassPipeline.standard();

  /** Weights too small for a step of int8 leave channels that are constant only then. */
  private static final PassPipeline AFTER_QUANTIZATION =
      new PassPipeline(List.of(new RemoveDeadChannels(), new RemoveIdentities()));

  private Simplification() {}

  /** A network as every stage after import takes it. */
  public static Network of(Network network, PassListener listener) {
    return network.withGraph(BEFORE.run(network.graph(), listener));
  }

  static Network ofQuantized(Network network, PassListener listener) {
    return network.withGraph(AFTER_QUANTIZATION.run(network.graph(), listener));
  }

  /** Names as --dump-ir-after takes them. */
  public static List<String> passNames() {
    return BEFORE.passes().stream().map(GraphPass::name).toList();
  }
}
