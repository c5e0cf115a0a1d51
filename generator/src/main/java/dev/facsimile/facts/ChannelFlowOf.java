// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.facts.ChannelFlow.Link;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import java.util.ArrayList;
import java.util.List;

/** How channels flow through each operator. */
final class ChannelFlowOf implements Op.Visitor<ChannelFlow> {
  private final Graph graph;

  ChannelFlowOf(Graph graph) {
    this.graph = graph;
  }

  @Override
  public ChannelFlow visitConv2d(Conv2d op) {
    return weighted(op);
  }

  @Override
  public ChannelFlow visitDepthwiseConv2d(DepthwiseConv2d op) {
    return weighted(op);
  }

  @Override
  public ChannelFlow visitTransposeConv(TransposeConv op) {
    return new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitFullyConnected(FullyConnected op) {
    return weighted(op);
  }

  @Override
  public ChannelFlow visitLstm(Lstm op) {
    return new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitBinary(Binary op) {
    return sameChannels(op);
  }

  @Override
  public ChannelFlow visitUnary(Unary op) {
    return sameChannels(op);
  }

  @Override
  public ChannelFlow visitLookup(Lookup op) {
    return sameChannels(op);
  }

  @Override
  public ChannelFlow visitPRelu(PRelu op) {
    return sameChannels(op);
  }

  @Override
  public ChannelFlow visitPool2d(Pool2d op) {
    return sameChannels(op);
  }

  @Override
  public ChannelFlow visitResize(Resize op) {
    return sameChannels(op);
  }

  @Override
  public ChannelFlow visitReduce(Reduce op) {
    return op.axes().contains(graph.tensor(op.input()).shape().rank() - 1)
        ? new ChannelFlow.Mixed()
        : sameChannels(op);
  }

  @Override
  public ChannelFlow visitArgMax(ArgMax op) {
    return new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitPad(Pad op) {
    return channels(op.input()) == channels(op.output())
        ? sameChannels(op)
        : new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitConcat(Concat op) {
    if (op.axis() != graph.tensor(op.output()).shape().rank() - 1) {
      return sameChannels(op);
    }
    List<Link> links = new ArrayList<>();
    int output = 0;
    for (TensorId operand : op.inputs()) {
      for (int input = 0; input < channels(operand); input++) {
        links.add(new Link(operand, input, output++));
      }
    }
    return new ChannelFlow.PerChannel(links);
  }

  @Override
  public ChannelFlow visitReshape(Reshape op) {
    int before = channels(op.input());
    int after = channels(op.output());
    if (before % after != 0 && after % before != 0) {
      return new ChannelFlow.Mixed();
    }
    List<Link> links = new ArrayList<>();
    for (int output = 0; output < after; output++) {
      for (int input = output % before; input < before; input += after) {
        links.add(new Link(op.input(), input, output));
      }
    }
    return new ChannelFlow.PerChannel(links);
  }

  @Override
  public ChannelFlow visitTranspose(Transpose op) {
    int innermost = op.permutation().size() - 1;
    boolean kept = innermost < 0 || op.permutation().get(innermost) == innermost;
    return kept ? sameChannels(op) : new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitSlice(Slice op) {
    Shape input = graph.tensor(op.input()).shape();
    Shape output = graph.tensor(op.output()).shape();
    return input.rank() == 0 || op.isWhole(input.rank() - 1, input, output)
        ? sameChannels(op)
        : new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitGather(Gather op) {
    return op.axis() < graph.tensor(op.input()).shape().rank() - 1
        ? sameChannels(op)
        : new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitBatchMatMul(BatchMatMul op) {
    return new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitL2Normalization(L2Normalization op) {
    return new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitSoftmax(Softmax op) {
    return new ChannelFlow.Mixed();
  }

  @Override
  public ChannelFlow visitQuantize(Quantize op) {
    return sameChannels(op);
  }

  @Override
  public ChannelFlow visitDequantize(Dequantize op) {
    return sameChannels(op);
  }

  private ChannelFlow weighted(Op op) {
    return ChannelWeights.of(graph, op)
        .<ChannelFlow>map(ChannelFlow.Weighted::new)
        .orElseGet(ChannelFlow.Mixed::new);
  }

  /** Channel c of every operand, or its only one. */
  private ChannelFlow sameChannels(Op op) {
    List<Link> links = new ArrayList<>();
    for (int output = 0; output < channels(op.output()); output++) {
      for (TensorId operand : op.inputs()) {
        links.add(new Link(operand, channels(operand) == 1 ? 0 : output, output));
      }
    }
    return new ChannelFlow.PerChannel(links);
  }

  private int channels(TensorId id) {
    return graph.tensor(id).shape().channels();
  }
}
