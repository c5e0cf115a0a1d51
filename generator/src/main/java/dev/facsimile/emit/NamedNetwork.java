// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.plan.ConstantBlock;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A planned network with C names for everything a caller sees. */
final class NamedNetwork {
  private final Network network;
  private final ExecutionPlan plan;
  private final String prefix;
  private final List<PortText> inputs;
  private final List<PortText> outputs;
  private final List<String> taskNames;

  /**
   * Names ports and tasks.
   *
   * @param network whose graph is the plan's
   */
  NamedNetwork(Network network, ExecutionPlan plan) {
    this.network = network;
    this.plan = plan;
    this.prefix = CName.prefix(network.name());
    this.inputs = ports(plan, plan.graph().inputs());
    this.outputs = ports(plan, plan.graph().outputs());
    this.taskNames =
        CName.unique(network.tasks().stream().map(Task::name).toList(), reservedTaskNames());
  }

  /** Ends of the macros that the header defines anyway. */
  private List<String> reservedTaskNames() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "TASK_COUNT",
                "ARENA_BYTES",
                "ALIGNED",
                "LAYER_HOOK",
                "LAYER_COUNT",
                "SELFTEST_HOOK",
                "SELFTEST_PASSED",
                "SELFTEST_CONSTANTS_DIFFER",
                "SELFTEST_OUTPUTS_DIFFER"));
    for (String end : List.of("_BYTES", "_ZERO_POINT")) {
      inputs.forEach(port -> names.add("INPUT_" + port.macroName() + end));
      outputs.forEach(port -> names.add("OUTPUT_" + port.macroName() + end));
    }
    return names;
  }

  private static List<PortText> ports(ExecutionPlan plan, List<Port> ports) {
    List<String> names = CName.unique(ports.stream().map(Port::name).toList(), List.of());
    List<String> macros =
        CName.unique(names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList(), List.of());
    List<PortText> texts = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      Tensor tensor = plan.graph().tensor(ports.get(i).tensor());
      Quantization.PerTensor quantization = tensor.perTensor();
      ConstantBlock.Element element = ConstantBlock.Element.of(tensor.type());
      int offset = plan.memory().slot(tensor.id()).offset();
      texts.add(
          new PortText(
              CText.harmless(ports.get(i).name()),
              names.get(i),
              macros.get(i),
              tensor.shape().toString(),
              CText.type(element),
              codes(tensor),
              tensor.bytes(),
              offset,
              CText.pointer("ctx->arena", offset, element, false),
              CText.pointer("ctx->arena", offset, element, true),
              quantization.zeroPoint(),
              scale(quantization)));
    }
    return texts;
  }

  /** int8 codes or int32 indices; where an element is more than a byte, how many. */
  private static String codes(Tensor tensor) {
    String kind =
        tensor.type().name().toLowerCase(Locale.ROOT) + (tensor.isIndex() ? " indices" : " codes");
    return tensor.type().bytes() == 1 ? kind : tensor.shape().elements() + " " + kind;
  }

  static String scale(Quantization.PerTensor quantization) {
    return Float.toHexString(quantization.scale()) + " (" + quantization.scale() + ")";
  }

  String prefix() {
    return prefix;
  }

  String macro() {
    return prefix.toUpperCase(Locale.ROOT);
  }

  Network network() {
    return network;
  }

  ExecutionPlan plan() {
    return plan;
  }

  Graph graph() {
    return plan.graph();
  }

  List<PortText> inputs() {
    return inputs;
  }

  List<PortText> outputs() {
    return outputs;
  }

  List<Task> tasks() {
    return network.tasks();
  }

  /** C name of a task: AU06. */
  String taskName(int index) {
    return taskNames.get(index);
  }

  /** The tensor that holds a task's channels. */
  Tensor output(Task task) {
    return graph().outputs().stream()
        .filter(port -> port.name().equals(task.output()))
        .map(port -> graph().tensor(port.tensor()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "task '" + task.name() + "' names no output: " + task.output()));
  }

  /** Where a task's first channel lies in the arena. */
  int offset(Task task) {
    Slot slot = plan.memory().slot(output(task).id());
    int width = output(task).type().bytes();
    if ((task.channel() + task.channels()) * width > slot.bytes()) {
      throw new IllegalArgumentException("task '" + task.name() + "' lies outside its output");
    }
    return slot.offset() + task.channel() * width;
  }

  /** At how many positions a task has its channels: 1 unless its output is a map. */
  int positions(Task task) {
    Tensor output = output(task);
    return output.shape().elements() / output.channels();
  }

  /** Whether any task's codes are int16. */
  boolean hasWideTasks() {
    return tasks().stream().anyMatch(task -> output(task).type() == DType.INT16);
  }

  /** C type that holds every code of a task and one more. */
  String thresholdType() {
    return hasWideTasks() ? "int32_t" : "int16_t";
  }

  /** The codes of tasks in words. */
  String taskCodes() {
    if (!hasWideTasks()) {
      return "int8 code (-128 .. 127)";
    }
    boolean all = tasks().stream().allMatch(task -> output(task).type() == DType.INT16);
    return all
        ? "int16 code (-32768 .. 32767)"
        : "code (int16: -32768 .. 32767, int8: -128 .. 127)";
  }

  /** The thresholds of tasks in words. */
  String taskThresholds() {
    return hasWideTasks() ? "-32768 .. 32768; 32768" : "-128 .. 128; 128";
  }

  /** Whether any task has several positions. */
  boolean hasMaps() {
    return tasks().stream().anyMatch(task -> positions(task) > 1);
  }

  /** Whether the network finds a task's class itself. */
  boolean isIndex(Task task) {
    return output(task).isIndex();
  }

  boolean hasIndices() {
    return tasks().stream().anyMatch(this::isIndex);
  }

  /** Whether any task is of one of these kinds. */
  boolean hasTask(Task.Kind... kinds) {
    return tasks().stream().anyMatch(task -> List.of(kinds).contains(task.kind()));
  }
}
