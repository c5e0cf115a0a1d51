// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.quantize.Codes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one task's values lie among a network's outputs.
 *
 * @param port index of the output port
 * @param tensor of that port
 * @param type of that tensor
 * @param stride values between two positions: all channels of the output, those of other tasks too
 * @param positions how often the task's channels repeat; 1 unless the output is a map
 * @param probability whether the values are probabilities (from LOGISTIC or SOFTMAX), not logits
 */
record TaskOutput(
    Task task,
    int port,
    TensorId tensor,
    DType type,
    int stride,
    int positions,
    boolean probability) {

  /** The task's place in the network it belongs to. */
  static TaskOutput of(Network network, Task task) {
    Graph graph = network.graph();
    for (int port = 0; port < graph.outputs().size(); port++) {
      if (graph.outputs().get(port).name().equals(task.output())) {
        Tensor tensor = graph.tensor(graph.outputs().get(port).tensor());
        return new TaskOutput(
            task,
            port,
            tensor.id(),
            tensor.type(),
            tensor.channels(),
            tensor.shape().elements() / tensor.channels(),
            isProbability(graph, tensor.id()));
      }
    }
    throw new IllegalArgumentException(
        "task '" + task.name() + "' reads an output the network does not have");
  }

  static List<TaskOutput> of(Network network) {
    List<TaskOutput> outputs = new ArrayList<>();
    network.tasks().forEach(task -> outputs.add(of(network, task)));
    return outputs;
  }

  private static boolean isProbability(Graph graph, TensorId tensor) {
    Op producer = Consumers.of(graph).producer(tensor).orElse(null);
    if (producer instanceof Reshape reshape) {
      return isProbability(graph, reshape.input());
    }
    return producer instanceof Softmax
        || (producer instanceof Unary unary && unary.function() == Unary.Kind.LOGISTIC);
  }

  /** Whether the output is the class itself, as ARG_MAX finds it. */
  boolean isIndex() {
    return type == DType.INT32;
  }

  /** All codes of the output, from the memory of an integer network's tensor. */
  int[] codes(byte[] memory) {
    return Codes.of(type).toInts(memory, memory.length / type.bytes());
  }

  /** Values the task has: positions times channels. */
  int size() {
    return positions * task.channels();
  }

  /** Index, in the output's row-major contents, of value {@code i} of {@link #size()}. */
  int index(int i) {
    return i / task.channels() * stride + task.channel() + i % task.channels();
  }

  /**
   * The real value from which on the float network says yes: the threshold as this output has it.
   */
  double realThreshold() {
    double threshold = task.threshold();
    return probability ? threshold : Math.log(threshold / (1 - threshold));
  }
}
