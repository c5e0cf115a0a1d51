// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.TransposeConv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scale of an integer bias is that of the products it is added to. A graph may leave it out;
 * TensorFlow Lite checks it.
 */
final class BiasQuantization {
  private BiasQuantization() {}

  static Tensor completed(Tensor tensor, Graph graph) {
    boolean sums = tensor.type() == DType.INT32 || tensor.type() == DType.INT64;
    if (!sums || tensor.quantization().isPresent()) {
      return tensor;
    }
    for (Op op : graph.ops()) {
      if (bias(op).equals(Optional.of(tensor.id()))) {
        return tensor.withType(tensor.type(), ofProducts(op, graph));
      }
    }
    return tensor;
  }

  private static Optional<TensorId> bias(Op op) {
    if (op instanceof Conv2d conv) {
      return conv.bias();
    }
    if (op instanceof TransposeConv conv) {
      return conv.bias();
    }
    if (op instanceof DepthwiseConv2d conv) {
      return conv.bias();
    }
    return op instanceof FullyConnected matrix ? matrix.bias() : Optional.empty();
  }

  /** Scale of input times weights, the first two operands of {@code op}. */
  static Quantization ofProducts(Op op, Graph graph) {
    float input = graph.tensor(op.inputs().get(0)).perTensor().scale();
    Quantization weights = graph.tensor(op.inputs().get(1)).quantization().orElseThrow();
    if (weights instanceof Quantization.PerTensor perTensor) {
      return new Quantization.PerTensor(input * perTensor.scale(), 0);
    }
    List<Float> scales = new ArrayList<>();
    for (float scale : ((Quantization.PerChannel) weights).scales()) {
      scales.add(input * scale);
    }
    return new Quantization.PerChannel(scales, 0);
  }
}
