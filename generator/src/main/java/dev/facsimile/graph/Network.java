// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A graph and what its inputs and outputs mean to the user: what {@code tasks.yaml} says, or one
 * task for each output channel where there is none.
 *
 * @param name the user's name of the network, free text; file and C names are derived from it by
 *     {@code emit}
 */
public record Network(String name, Graph graph, List<Task> tasks, Optional<InputImage> image) {
  public Network {
    Objects.requireNonNull(name);
    Objects.requireNonNull(graph);
    tasks = List.copyOf(tasks);
    Objects.requireNonNull(image);
  }

  public Network withGraph(Graph newGraph) {
    return new Network(name, newGraph, tasks, image);
  }

  public Network withTasks(List<Task> newTasks) {
    return new Network(name, graph, newTasks, image);
  }

  /** Type of the first output. */
  public DType outputType() {
    return graph.tensor(graph.outputs().get(0).tensor()).type();
  }
}
