// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From the tasks that read each output channel of an operator to those that read each channel of
 * its operands.
 */
final class ChannelReach implements Op.Visitor<Map<TensorId, BitSet[]>> {
  private final Graph graph;
  private final BitSet[] output;
  private final Map<TensorId, BitSet[]> operands = new TreeMap<>();

  ChannelReach(Graph graph, BitSet[] output) {
    this.graph = graph;
    this.output = output;
  }

  static BitSet[] empty(int channels) {
    BitSet[] sets = new BitSet[channels];
    for (int c = 0; c < channels; c++) {
      sets[c] = new BitSet();
    }
    return sets;
  }

  @Override
  public Map<TensorId, BitSet[]> visitConv2d(Conv2d op) {
    reachThroughMatrix(op.input(), op.filter());
    reachEverything(op.filter());
    return withBias(op.bias());
  }

  @Override
  public Map<TensorId, BitSet[]> visitFullyConnected(FullyConnected op) {
    reachThroughMatrix(op.input(), op.weights());
    reachEverything(op.weights());
    return withBias(op.bias());
  }

  @Override
  public Map<TensorId, BitSet[]> visitDepthwiseConv2d(DepthwiseConv2d op) {
    BitSet[] input = of(op.input());
    for (int c = 0; c < output.length; c++) {
      input[c / op.multiplier()].or(output[c]);
    }
    reachSameChannels(op.filter());
    return withBias(op.bias());
  }

  @Override
  public Map<TensorId, BitSet[]> visitBinary(Binary op) {
    reachSameChannels(op.a());
    return reachSameChannels(op.b());
  }

  @Override
  public Map<TensorId, BitSet[]> visitUnary(Unary op) {
    return reachSameChannels(op.input());
  }

  @Override
  public Map<TensorId, BitSet[]> visitPRelu(PRelu op) {
    reachSameChannels(op.alpha());
    return reachSameChannels(op.input());
  }

  @Override
  public Map<TensorId, BitSet[]> visitPool2d(Pool2d op) {
    return reachSameChannels(op.input());
  }

  @Override
  public Map<TensorId, BitSet[]> visitReduce(Reduce op) {
    int innermost = graph.tensor(op.input()).shape().rank() - 1;
    return op.axes().contains(innermost)
        ? reachEverything(op.input())
        : reachSameChannels(op.input());
  }

  @Override
  public Map<TensorId, BitSet[]> visitPad(Pad op) {
    BitSet[] input = of(op.input());
    int before = op.before().isEmpty() ? 0 : op.before().get(op.before().size() - 1);
    for (int c = 0; c < input.length; c++) {
      input[c].or(output[c + before]);
    }
    return operands;
  }

  @Override
  public Map<TensorId, BitSet[]> visitConcat(Concat op) {
    if (op.axis() != graph.tensor(op.output()).shape().rank() - 1) {
      op.inputs().forEach(this::reachSameChannels);
      return operands;
    }
    int offset = 0;
    for (TensorId operand : op.inputs()) {
      BitSet[] input = of(operand);
      for (BitSet channel : input) {
        channel.or(output[offset++]);
      }
    }
    return operands;
  }

  @Override
  public Map<TensorId, BitSet[]> visitReshape(Reshape op) {
    return reachThroughRows(op.input());
  }

  @Override
  public Map<TensorId, BitSet[]> visitSoftmax(Softmax op) {
    return reachEverything(op.input());
  }

  @Override
  public Map<TensorId, BitSet[]> visitQuantize(Quantize op) {
    return reachSameChannels(op.input());
  }

  @Override
  public Map<TensorId, BitSet[]> visitDequantize(Dequantize op) {
    return reachSameChannels(op.input());
  }

  /** The operand's sets so far; an operand that is read twice collects both. */
  private BitSet[] of(TensorId operand) {
    return operands.computeIfAbsent(operand, id -> empty(graph.tensor(id).shape().channels()));
  }

  private Map<TensorId, BitSet[]> withBias(Optional<TensorId> bias) {
    bias.ifPresent(this::reachSameChannels);
    return operands;
  }

  /** Channel c of the output depends on channel c of the operand, or on its only one. */
  private Map<TensorId, BitSet[]> reachSameChannels(TensorId operand) {
    BitSet[] input = of(operand);
    for (int c = 0; c < output.length; c++) {
      input[input.length == 1 ? 0 : c].or(output[output.length == 1 ? 0 : c]);
    }
    return operands;
  }

  private Map<TensorId, BitSet[]> reachEverything(TensorId operand) {
    BitSet all = new BitSet();
    for (BitSet channel : output) {
      all.or(channel);
    }
    for (BitSet channel : of(operand)) {
      channel.or(all);
    }
    return operands;
  }

  /** Row-major elements under another innermost axis, where one divides the other. */
  private Map<TensorId, BitSet[]> reachThroughRows(TensorId operand) {
    BitSet[] input = of(operand);
    if (output.length % input.length != 0 && input.length % output.length != 0) {
      return reachEverything(operand);
    }
    for (int c = 0; c < Math.max(input.length, output.length); c++) {
      input[c % input.length].or(output[c % output.length]);
    }
    return operands;
  }

  /** Filter [outC, ..., inC]: an input channel reaches the outputs it has a non-zero weight for. */
  private void reachThroughMatrix(TensorId operand, TensorId filter) {
    BitSet[] input = of(operand);
    Tensor weights = graph.tensor(filter);
    int inner = weights.shape().channels();
    int perOutput = weights.shape().elements() / output.length;
    if (!weights.isConstant() || inner % input.length != 0) {
      reachEverything(operand);
      return;
    }
    double[] values = ConstantValues.reals(weights);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        input[i % inner % input.length].or(output[i / perOutput]);
      }
    }
  }
}
