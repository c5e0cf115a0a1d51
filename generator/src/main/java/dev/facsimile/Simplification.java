// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.passes.FoldBatchNorm;
import dev.facsimile.passes.FuseActivation;
import dev.facsimile.passes.FusePRelu;
import dev.facsimile.passes.FusePad;
import dev.facsimile.passes.FuseSoftmax;
import dev.facsimile.passes.GraphPass;
import dev.facsimile.passes.NormalizeMean;
import dev.facsimile.passes.PassListener;
import dev.facsimile.passes.PassPipeline;
import dev.facsimile.passes.RemoveIdentities;
import dev.facsimile.passes.StripFloatEdges;
import dev.facsimile.passes.channels.RemoveDeadChannels;
import java.util.List;

/**
 * The passes that every network goes through, float or integer, before anything else is done with
 * it.
 */
public final class Simplification {
  private static final List<GraphPass> PASSES =
      List.of(
          // An int8 file with float edges is an integer graph once they are gone.
          new StripFloatEdges(),
          // Patterns of small operators first: later passes know only what they stand for.
          new FusePRelu(),
          new FuseSoftmax(),
          new FoldBatchNorm(),
          new FuseActivation(),
          new FusePad(),
          new NormalizeMean(),
          new RemoveIdentities(),
          // Last: it slims the operators that are left.
          new RemoveDeadChannels());

  private Simplification() {}

  static Network of(Network network, PassListener listener) {
    Graph graph = new PassPipeline(PASSES).run(network.graph(), listener);
    return network.withGraph(graph);
  }

  /** Names as --dump-ir-after takes them. */
  public static List<String> passNames() {
    return PASSES.stream().map(GraphPass::name).toList();
  }
}
