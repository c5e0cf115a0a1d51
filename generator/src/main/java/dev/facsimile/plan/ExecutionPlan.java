// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import java.util.List;
import java.util.Objects;

/**
 * What the generated program does.
 *
 * @param graph the integer graph it computes; every output is an activation
 * @param layers in the order in which they run
 * @param constants in the order in which the layers first use them
 */
public record ExecutionPlan(
    Graph graph, List<Layer> layers, MemoryPlan memory, List<ConstantBlock> constants) {
  public ExecutionPlan {
    Objects.requireNonNull(graph);
    layers = List.copyOf(layers);
    Objects.requireNonNull(memory);
    constants = List.copyOf(constants);
  }

  /** The operator that a layer computes. */
  public Op operator(Layer layer) {
    return graph.ops().get(layer.step());
  }

  /** Bytes of all constants: weights, biases, multipliers, tables. */
  public int constantBytes() {
    return constants.stream().mapToInt(block -> block.data().size()).sum();
  }

  /** Multiply-accumulates of one inference. */
  public long macs() {
    return layers.stream().mapToLong(Layer::macs).sum();
  }
}
