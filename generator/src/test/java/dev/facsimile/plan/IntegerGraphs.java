// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import java.util.List;

/** Graphs whose sizes are those of an integer network and whose values nobody looks at. */
final class IntegerGraphs {
  private IntegerGraphs() {}

  /** The same graph with one byte an element everywhere. */
  static Graph sizesOnly(Graph graph) {
    List<Tensor> tensors =
        graph.tensors().stream()
            .map(
                tensor ->
                    tensor.isConstant()
                        ? tensor.withConstant(
                            tensor.shape(),
                            DType.INT8,
                            tensor.quantization(),
                            ConstantBytes.of(new byte[tensor.shape().elements()]))
                        : tensor.withType(DType.INT8, new Quantization.PerTensor(0.5f, 0)))
            .toList();
    return new Graph(tensors, graph.ops(), graph.inputs(), graph.outputs());
  }
}
