// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Op;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.plan.KernelCall;
import dev.facsimile.plan.Layer;
import dev.facsimile.plan.Operand;
import dev.facsimile.plan.Parameter;
import dev.facsimile.plan.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Turns the steps of a plan into layer functions. */
final class DescribeLayers {
  private final NamedNetwork named;
  private final RuntimeSources runtime;
  private final String variant;

  DescribeLayers(NamedNetwork named, RuntimeSources runtime, String variant) {
    this.named = named;
    this.runtime = runtime;
    this.variant = variant;
  }

  /** Headers of the kernels that are called, each once, sorted. */
  List<String> kernelHeaders() {
    return named.plan().layers().stream()
        .flatMap(layer -> layer.calls().stream())
        .map(call -> runtime.entry(call.kernel(), variant).header())
        .distinct()
        .sorted()
        .toList();
  }

  List<LayerText> layers() {
    return named.plan().layers().stream().map(this::layer).toList();
  }

  private LayerText layer(Layer layer) {
    List<LayerText.CallText> calls = new ArrayList<>();
    for (int i = 0; i < layer.calls().size(); i++) {
      String parameters = layer.calls().size() == 1 ? "parameters" : "parameters_" + i;
      calls.add(call(layer.calls().get(i), parameters));
    }
    return new LayerText(
        layer.index(),
        layer.name(),
        comment(layer),
        calls,
        layer.outputSlot().offset(),
        layer.outputSlot().bytes());
  }

  private List<String> comment(Layer layer) {
    ExecutionPlan plan = named.plan();
    Op op = plan.operator(layer);
    Tensor output = plan.graph().tensor(layer.output());
    List<String> lines = new ArrayList<>();
    String origin =
        output.sourceOperator() < 0
            ? ""
            : " (operator %s of the file)".formatted(output.sourceOperator());
    lines.add(op.kind() + origin + ", writes " + CText.harmless(output.name()));
    for (TensorId input : layer.inputs()) {
      lines.add("in  " + place(plan.graph().tensor(input)));
    }
    lines.add("out " + place(output));
    Slot scratch = plan.memory().scratch().get(layer.output());
    if (scratch != null) {
      lines.add("works in %s to %s".formatted(scratch.offset(), scratch.end() - 1));
    }
    lines.add(
        "%s multiply-accumulates, %s bytes of constants"
            .formatted(CText.grouped(layer.macs()), CText.grouped(layer.constantBytes())));
    return lines;
  }

  private String place(Tensor tensor) {
    Slot slot = named.plan().memory().slot(tensor.id());
    return "%s at %s to %s".formatted(tensor.shape(), slot.offset(), slot.end() - 1);
  }

  private LayerText.CallText call(KernelCall call, String parameterName) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < call.operands().size(); i++) {
      boolean last = i + 1 == call.operands().size();
      arguments.add(argument(call.operands().get(i), !last) + (last ? "" : ","));
    }
    return new LayerText.CallText(
        call.kernel().parameterType(),
        parameterName,
        call.parameters().stream().map(DescribeLayers::initialiser).toList(),
        runtime.entry(call.kernel(), variant).function(),
        arguments);
  }

  /** The last operand is the output; the others, but for scratch, are read only. */
  private String argument(Operand operand, boolean constant) {
    if (operand instanceof Operand.InArena arena) {
      return CText.pointer("arena", arena.slot().offset(), arena.element(), constant);
    }
    if (operand instanceof Operand.InScratch scratch) {
      return CText.pointer("arena", scratch.slot().offset(), scratch.element(), false);
    }
    if (operand instanceof Operand.InFlash flash) {
      return named.prefix() + "_" + flash.block();
    }
    throw new IllegalStateException("unknown operand " + operand);
  }

  private static String initialiser(Parameter parameter) {
    List<Integer> values = parameter.values();
    String text =
        values.size() == 1
            ? CText.number(values.get(0))
            : values.stream().map(CText::number).collect(Collectors.joining(", ", "{", "}"));
    return "." + parameter.member() + " = " + text + ",";
  }
}
