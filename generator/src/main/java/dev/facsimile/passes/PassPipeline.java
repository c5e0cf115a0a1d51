// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.Graph;
import dev.facsimile.passes.channels.RemoveDeadChannels;
import dev.facsimile.passes.checks.GraphCheck;
import dev.facsimile.passes.checks.VerifyOperandsExist;
import dev.facsimile.passes.checks.VerifyPortsUnchanged;
import dev.facsimile.passes.checks.VerifyQuantization;
import dev.facsimile.passes.checks.VerifyShapes;
import dev.facsimile.passes.checks.VerifyTensorsAreDefinedOnce;
import dev.facsimile.passes.checks.VerifyTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs passes in order, again and again until a whole round changes nothing, and checks the graph
 * after each change. A graph that fails a check is a bug of the pass before it, and the message
 * names that pass.
 */
public final class PassPipeline {
  /** Checks that need only the graph; the order is that in which their findings make sense. */
  private static final List<GraphCheck> CHECKS =
      List.of(
          new VerifyTensorsAreDefinedOnce(),
          new VerifyOperandsExist(),
          new VerifyTypes(),
          new VerifyShapes(),
          new VerifyQuantization());

  /** Far above what passes need that do not undo one another. */
  private static final int MOST_ROUNDS = 50;

  private final List<GraphPass> passes;

  public PassPipeline(List<GraphPass> passes) {
    this.passes = List.copyOf(passes);
  }

  /** The passes every network goes through, float or integer. */
  public static PassPipeline standard() {
    return new PassPipeline(
        List.of(
            new StripFloatEdges(),
            new HoistQuantize(),
            new TabulateFloatIslands(),
            new FoldConstants(),
            // Before anything is folded into a convolution or a PAD into its window.
            new FuseDilation(),
            // Spelt-out operators first: their RELUs must still stand alone.
            new FusePRelu(),
            new FuseSoftmax(),
            // Scales and offsets go into the weights while there is no activation between.
            new FoldBatchNorm(),
            new FuseActivation(),
            new FusePad(),
            new NormalizeMean(),
            // Before identities: transpositions that undo one another become such.
            new MergeTransposes(),
            new RemoveIdentities(),
            new RemoveDeadChannels()));
  }

  public List<GraphPass> passes() {
    return passes;
  }

  public Graph run(Graph graph) {
    return run(graph, (pass, before, after) -> {});
  }

  /**
   * Runs the passes and tells the listener of each change.
   *
   * @throws IllegalStateException if the graph is invalid before the first pass or after one
   */
  public Graph run(Graph graph, PassListener listener) {
    verify(graph, "before the first pass", CHECKS);
    Graph current = graph;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Graph start = current;
      for (GraphPass pass : passes) {
        current = applied(pass, current, listener);
      }
      if (current == start) {
        return current;
      }
    }
    throw new IllegalStateException("passes undo one another: " + names());
  }

  private static Graph applied(GraphPass pass, Graph before, PassListener listener) {
    Optional<Graph> after = pass.apply(before);
    if (after.isEmpty()) {
      return before;
    }
    List<GraphCheck> checks = new ArrayList<>(CHECKS);
    checks.add(new VerifyPortsUnchanged(before, pass.mayChangePortTypes()));
    verify(after.get(), "after " + pass.name(), checks);
    listener.changed(pass, before, after.get());
    return after.get();
  }

  /** The first check that finds anything speaks: later ones rely on what earlier ones verify. */
  private static void verify(Graph graph, String when, List<GraphCheck> checks) {
    for (GraphCheck check : checks) {
      List<String> problems = check.problems(graph);
      if (!problems.isEmpty()) {
        throw new IllegalStateException(
            "graph is invalid " + when + ": " + String.join("; ", problems));
      }
    }
  }

  private List<String> names() {
    return passes.stream().map(GraphPass::name).toList();
  }
}
