// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.facts.ChannelFlow;
import dev.facsimile.facts.ChannelFlow.Link;
import dev.facsimile.facts.ChannelWeights;
import dev.facsimile.facts.ConstantValues;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Channels that hold one value at all places whatever the input.
 *
 * <p>A channel is fixed if it does not depend on the input: constants are, and so is what is
 * computed from fixed channels alone, and integer channels that are {@linkplain SettledChannels
 * settled}. That is proved from the graph, operator by operator. What a fixed channel holds is what
 * it held in the one run that was observed; if that is the same value at all places, the channel is
 * constant. (A constant behind a padded window is fixed but differs at the edge, unless rounding
 * and clamping make it the same again.)
 */
final class ConstantChannels {
  private final Graph graph;
  private final ObservedConstants observed;
  private final Map<TensorId, BitSet> fixed = new TreeMap<>();
  private final Map<TensorId, BitSet> constants = new TreeMap<>();

  private ConstantChannels(Graph graph, ObservedConstants observed) {
    this.graph = graph;
    this.observed = observed;
  }

  static ConstantChannels of(Graph graph, ObservedConstants observed) {
    ConstantChannels channels = new ConstantChannels(graph, observed);
    for (Tensor tensor : graph.tensors()) {
      if (tensor.isConstant()) {
        channels.set(tensor.id(), channels.all(tensor.id()));
      }
    }
    for (Port input : graph.inputs()) {
      channels.set(input.tensor(), new BitSet());
    }
    for (Op op : graph.ops()) {
      channels.set(op.output(), channels.fixedOutputs(op));
    }
    return channels;
  }

  private void set(TensorId tensor, BitSet fixedChannels) {
    fixed.put(tensor, fixedChannels);
    BitSet uniform = new BitSet();
    fixedChannels.stream()
        .filter(channel -> observed.isUniform(tensor, channel))
        .forEach(uniform::set);
    constants.put(tensor, uniform);
  }

  private BitSet all(TensorId tensor) {
    BitSet all = new BitSet();
    all.set(0, graph.tensor(tensor).shape().channels());
    return all;
  }

  private BitSet fixedOutputs(Op op) {
    BitSet outputs = all(op.output());
    ChannelFlow flow = ChannelFlow.of(graph, op);
    if (flow instanceof ChannelFlow.Weighted weighted) {
      ChannelWeights weights = weighted.weights();
      for (int i = 0; i < weights.size(); i++) {
        if (weights.value(i) != 0 && !isFixed(weights.input(), weights.inputOf(i))) {
          outputs.clear(weights.outputOf(i));
        }
      }
      if (!isFloat()) {
        outputs.or(new SettledChannels(graph, this).of(op, weights));
      }
    } else if (flow instanceof ChannelFlow.PerChannel perChannel) {
      for (Link link : perChannel.links()) {
        if (!isFixed(link.operand(), link.input())) {
          outputs.clear(link.output());
        }
      }
    } else if (!op.inputs().stream().allMatch(id -> fixed.get(id).equals(all(id)))) {
      outputs.clear();
    }
    return outputs;
  }

  private boolean isFixed(TensorId tensor, int channel) {
    return fixed.get(tensor).get(channel);
  }

  boolean isConstant(TensorId tensor, int channel) {
    return constants.get(tensor).get(channel);
  }

  /** The constant, as operators with weights see it: a float, or a code less the zero point. */
  double value(TensorId tensor, int channel) {
    return observed.value(tensor, channel);
  }

  boolean isFloat() {
    return observed.isFloat();
  }

  /**
   * Whether the operator's results stay the same if what this input channel adds to its sums is
   * added to its bias instead.
   */
  boolean isFoldable(ChannelWeights weights, int input) {
    if (!isConstant(weights.input(), input)) {
      return false;
    }
    return value(weights.input(), input) == 0 || (!weights.isPadded() && fits(weights));
  }

  /** Whether the bias still fits 32 bits after any choice of channels was folded into it. */
  private boolean fits(ChannelWeights weights) {
    if (isFloat()) {
      return true;
    }
    long[] bounds = new long[weights.outputChannels()];
    weights
        .bias()
        .ifPresent(
            bias -> {
              int[] stored = ConstantValues.integers(graph.tensor(bias));
              for (int c = 0; c < bounds.length; c++) {
                bounds[c] = Math.abs((long) stored[c]);
              }
            });
    for (int i = 0; i < weights.size(); i++) {
      int input = weights.inputOf(i);
      if (isConstant(weights.input(), input)) {
        double product = weights.value(i) * value(weights.input(), input);
        bounds[weights.outputOf(i)] += (long) Math.abs(product);
      }
    }
    for (long bound : bounds) {
      if (bound > Integer.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }
}
