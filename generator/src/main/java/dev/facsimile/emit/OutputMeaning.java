// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;

/** Whether an output channel holds a probability or a logit: what computes it decides. */
public final class OutputMeaning {
  private OutputMeaning() {}

  /** True where the channel comes from a LOGISTIC or SOFTMAX, whatever moved it since. */
  public static boolean isProbability(Graph graph, TensorId tensor, int channel) {
    return graph.ops().stream()
        .filter(op -> op.output().equals(tensor))
        .findFirst()
        .map(op -> isProbability(graph, op, channel))
        .orElse(false);
  }

  private static boolean isProbability(Graph graph, Op op, int channel) {
    if (op instanceof Softmax) {
      return true;
    }
    if (op instanceof Unary unary) {
      return unary.function() == Unary.Kind.LOGISTIC;
    }
    if (op instanceof Reshape || op instanceof Quantize) {
      return isProbability(graph, op.inputs().get(0), channel);
    }
    if (op instanceof Concat concat) {
      return isProbability(graph, concat, channel);
    }
    return false;
  }

  private static boolean isProbability(Graph graph, Concat concat, int channel) {
    boolean alongChannels = concat.axis() == graph.tensor(concat.output()).shape().rank() - 1;
    int first = 0;
    for (TensorId input : concat.inputs()) {
      int channels = graph.tensor(input).shape().channels();
      if (!alongChannels || channel < first + channels) {
        return isProbability(graph, input, channel - first);
      }
      first += channels;
    }
    return false;
  }
}
