// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What several families of operators have in common in {@link IntegerContract}, and the violations
 * found so far. A rule that is broken is reported at once and answers false, so that what builds on
 * it is not asked.
 */
final class ContractRules {
  private final Graph graph;
  private final List<Diagnostic> violations = new ArrayList<>();

  ContractRules(Graph graph) {
    this.graph = graph;
  }

  Graph graph() {
    return graph;
  }

  DType typeOf(Op op) {
    return graph.tensor(op.output()).type();
  }

  /** In the order in which they were found. */
  List<Diagnostic> violations() {
    return List.copyOf(violations);
  }

  /** An input of the network, which perhaps no operator reads. */
  void requireInput(TensorId id) {
    if (!isActivation(graph.tensor(id))) {
      reportActivation(new ModelLocation(-1, "", graph.tensor(id).name()), graph.tensor(id));
    }
  }

  /** Integer activations of one type for which the operator has a kernel. */
  boolean requireActivations(Op op, List<TensorId> ids) {
    boolean fine = true;
    for (TensorId id : ids) {
      Tensor tensor = graph.tensor(id);
      if (!isActivation(tensor)) {
        reportActivation(place(op), tensor);
        fine = false;
      }
    }
    return fine && requireOneType(op, ids);
  }

  /** The operator has a kernel for the type of its activations, and they have one type. */
  private boolean requireOneType(Op op, List<TensorId> ids) {
    List<DType> types = ids.stream().map(id -> graph.tensor(id).type()).distinct().toList();
    List<DType> supported = KernelTypes.of(op);
    if (!supported.containsAll(types)) {
      report(
          op,
          DiagnosticCode.OPERATOR_UNSUPPORTED,
          "there is no kernel for " + types.stream().filter(t -> !supported.contains(t)).toList(),
          "quantize this part of the network to int8");
      return false;
    }
    if (types.size() > 1 && !(op instanceof Quantize)) {
      report(
          op,
          DiagnosticCode.TYPE_UNSUPPORTED,
          "its activations are of several types: " + types,
          "put a QUANTIZE between them");
      return false;
    }
    return true;
  }

  private static boolean isActivation(Tensor tensor) {
    if (!(tensor.quantization().orElse(null) instanceof Quantization.PerTensor quantization)) {
      return false;
    }
    int zeroPoint = quantization.zeroPoint();
    return switch (tensor.type()) {
      case INT8 -> zeroPoint >= Byte.MIN_VALUE && zeroPoint <= Byte.MAX_VALUE;
      case INT16 -> zeroPoint == 0;
      case INT32 -> tensor.isIndex();
      case FLOAT32, FLOAT16, UINT8, INT64, BOOL -> false;
    };
  }

  private void reportActivation(ModelLocation place, Tensor tensor) {
    violations.add(
        Diagnostic.error(
            tensor.type() == DType.INT8 || tensor.type() == DType.INT16
                ? DiagnosticCode.QUANTIZATION_UNSUPPORTED
                : DiagnosticCode.TYPE_UNSUPPORTED,
            place,
            ("tensor '%s' must have one scale and be int8 with a zero point of -128..127 or int16"
                    + " with the zero point 0 but is %s")
                .formatted(
                    ModelLocation.printable(tensor.name()),
                    tensor.type() + tensor.quantization().map(q -> " " + q).orElse("")),
            "convert the whole model to int8, or give the float model and calibration data"));
  }

  /** Activations whose codes the operator passes on as they are. */
  void requireEqualQuantization(Op op) {
    List<TensorId> all = Op.withOptional(op.inputs(), Optional.of(op.output()));
    if (!requireActivations(op, all)) {
      return;
    }
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    for (TensorId input : op.inputs()) {
      Quantization.PerTensor quantization = graph.tensor(input).perTensor();
      if (!quantization.equals(output)) {
        report(
            op,
            DiagnosticCode.QUANTIZATION_UNSUPPORTED,
            "input and output must have the same scale and zero point but have %s and %s"
                .formatted(describe(quantization), describe(output)),
            "put a QUANTIZE before the operator");
      }
    }
  }

  /**
   * What {@code parameters} computes from the operator's scales, or nothing where they are so far
   * apart that no multiplier of the kernels holds their quotient: real data gives no such scales,
   * damaged files do.
   */
  <T> Optional<T> requireFactors(Op op, Supplier<T> parameters) {
    try {
      return Optional.of(parameters.get());
    } catch (ScalesTooFarApart e) {
      report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "the output's scale is more than 2^31 times smaller than what the inputs' scales give",
          "quantize with ranges taken from real data");
      return Optional.empty();
    }
  }

  void report(Op op, DiagnosticCode code, String message, String hint) {
    violations.add(Diagnostic.error(code, place(op), message, hint));
  }

  private ModelLocation place(Op op) {
    Tensor output = graph.tensor(op.output());
    return new ModelLocation(output.sourceOperator(), op.kind(), output.name());
  }

  /** The quantization, as diagnostics print it. */
  static String describe(Quantization.PerTensor quantization) {
    return "(" + quantization.scale() + ", " + quantization.zeroPoint() + ")";
  }
}
