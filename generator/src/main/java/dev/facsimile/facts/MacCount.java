// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TransposeConv;

/**
 * Multiply-accumulates of one inference, counted as the MLPerf Tiny tables count them: products of
 * convolutions, depthwise convolutions, matrix products and the gates of LSTM layers, taps in the
 * padding included; every other operator counts zero.
 */
public final class MacCount {
  private MacCount() {}

  public static long total(Graph graph) {
    return graph.ops().stream().mapToLong(op -> of(graph, op)).sum();
  }

  public static long of(Graph graph, Op op) {
    long outputs = graph.tensor(op.output()).shape().elements();
    if (op instanceof Conv2d conv) {
      Shape filter = graph.tensor(conv.filter()).shape();
      return outputs * filter.dim(1) * filter.dim(2) * filter.dim(3);
    }
    if (op instanceof TransposeConv conv) {
      Shape filter = graph.tensor(conv.filter()).shape();
      long pixels = graph.tensor(conv.input()).shape().elements() / filter.dim(3);
      return pixels * filter.elements();
    }
    if (op instanceof DepthwiseConv2d depthwise) {
      Shape filter = graph.tensor(depthwise.filter()).shape();
      return outputs * filter.dim(1) * filter.dim(2);
    }
    if (op instanceof FullyConnected connected) {
      return outputs * graph.tensor(connected.weights()).shape().dim(1);
    }
    if (op instanceof Lstm lstm) {
      SequenceLayout layout = SequenceLayout.of(graph, lstm);
      return 4 * outputs * (layout.inputs() + layout.cells());
    }
    if (op instanceof BatchMatMul product) {
      return outputs * MatrixLayout.of(graph, product).depth();
    }
    return 0;
  }
}
