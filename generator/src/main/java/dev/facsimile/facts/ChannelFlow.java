// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.TensorId;
import java.util.List;

/**
 * Which channels (innermost axis) of an operator's operands its output channels depend on. What
 * analyses of channels need to know of an operator, so that they distinguish three cases and not
 * every operator.
 */
public sealed interface ChannelFlow {

  static ChannelFlow of(Graph graph, Op op) {
    return op.accept(new ChannelFlowOf(graph));
  }

  /** Sums of products with constant weights: convolutions and matrix products. */
  record Weighted(ChannelWeights weights) implements ChannelFlow {}

  /** Each output channel depends on the linked channels only; links ascend in output. */
  record PerChannel(List<Link> links) implements ChannelFlow {
    public PerChannel {
      links = List.copyOf(links);
    }
  }

  /** Every output channel depends on every channel of every operand. */
  record Mixed() implements ChannelFlow {}

  /** Output channel {@code output} depends on channel {@code input} of {@code operand}. */
  record Link(TensorId operand, int input, int output) {}
}
