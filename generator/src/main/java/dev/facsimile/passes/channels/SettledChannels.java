// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.facts.ChannelWeights;
import dev.facsimile.facts.ConstantValues;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.quantize.ConvParameters;
import dev.facsimile.quantize.FixedPointMultiplier;
import java.util.BitSet;

/**
 * Output channels of an integer operator with weights that give one code whatever the input: the
 * smallest and the largest sum they can reach are rounded and clamped to the same code. So are
 * channels that never leave a RELU's zero, and those whose weights are too small for a step of the
 * output's scale.
 */
final class SettledChannels {
  private final Graph graph;
  private final ConstantChannels constants;

  SettledChannels(Graph graph, ConstantChannels constants) {
    this.graph = graph;
    this.constants = constants;
  }

  BitSet of(Op op, ChannelWeights weights) {
    ConvParameters parameters = parameters(op);
    long[] lowest = biases(weights);
    long[] highest = lowest.clone();
    for (int i = 0; i < weights.size(); i++) {
      addProduct(weights, i, parameters.inputZeroPoint(), lowest, highest);
    }
    BitSet settled = new BitSet();
    for (int c = 0; c < lowest.length; c++) {
      FixedPointMultiplier multiplier = parameters.multipliers().get(c);
      settled.set(
          c,
          isMonotonic(multiplier, lowest[c])
              && isMonotonic(multiplier, highest[c])
              && code(parameters, multiplier, lowest[c])
                  == code(parameters, multiplier, highest[c]));
    }
    return settled;
  }

  private void addProduct(
      ChannelWeights weights, int index, int zeroPoint, long[] lowest, long[] highest) {
    int input = weights.inputOf(index);
    int output = weights.outputOf(index);
    double weight = weights.value(index);
    double least = Byte.MIN_VALUE - zeroPoint;
    double most = Byte.MAX_VALUE - zeroPoint;
    if (constants.isConstant(weights.input(), input)) {
      least = constants.value(weights.input(), input);
      most = least;
    }
    if (weights.isPadded()) {
      least = Math.min(least, 0);
      most = Math.max(most, 0);
    }
    lowest[output] += (long) Math.min(weight * least, weight * most);
    highest[output] += (long) Math.max(weight * least, weight * most);
  }

  private long[] biases(ChannelWeights weights) {
    long[] biases = new long[weights.outputChannels()];
    if (weights.bias().isPresent()) {
      int[] stored = ConstantValues.integers(graph.tensor(weights.bias().get()));
      for (int c = 0; c < biases.length; c++) {
        biases[c] = stored[c];
      }
    }
    return biases;
  }

  /** Whether neither the sum nor its left shift leaves 32 bits, so that no order is turned. */
  private static boolean isMonotonic(FixedPointMultiplier multiplier, long sum) {
    int room = 31 - Math.max(0, multiplier.shift());
    return multiplier.multiplier() >= 0 && sum >= -(1L << room) && sum < 1L << room;
  }

  private static int code(ConvParameters parameters, FixedPointMultiplier multiplier, long sum) {
    return parameters.range().clamp(multiplier.apply((int) sum) + parameters.outputZeroPoint());
  }

  private ConvParameters parameters(Op op) {
    if (op instanceof Conv2d conv) {
      return ConvParameters.of(graph, conv);
    }
    if (op instanceof DepthwiseConv2d depthwise) {
      return ConvParameters.of(graph, depthwise);
    }
    if (op instanceof FullyConnected connected) {
      return ConvParameters.of(graph, connected);
    }
    throw new IllegalArgumentException(op.kind() + " has no weights");
  }
}
