// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.facts.ConstantValues;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.BatchMatMul;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Gather;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.L2Normalization;
import dev.facsimile.graph.Lookup;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Slice;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Says of each operator of a float graph why it has no integer form; empty where it has one. */
final class QuantizableCheck implements Op.Visitor<Optional<String>> {
  private static final Optional<String> FINE = Optional.empty();

  private final Graph graph;

  private QuantizableCheck(Graph graph) {
    this.graph = graph;
  }

  private static Optional<String> noKernel(Op op, DType type) {
    return KernelTypes.of(op).contains(type)
        ? FINE
        : Optional.of("it has no " + type.name().toLowerCase(Locale.ROOT) + " form");
  }

  static void check(Graph graph, DType type) {
    QuantizableCheck check = new QuantizableCheck(graph);
    List<Diagnostic> problems = new ArrayList<>();
    for (Op op : graph.ops()) {
      ModelLocation place = placeOf(graph, op);
      op.accept(check)
          .or(() -> noKernel(op, type))
          .ifPresent(
              reason ->
                  problems.add(
                      Diagnostic.error(
                          DiagnosticCode.OPERATOR_UNSUPPORTED,
                          place,
                          reason,
                          "export the network without it, or quantize it with TensorFlow Lite")));
      for (TensorId operand : op.inputs()) {
        check
            .notFinite(operand)
            .ifPresent(
                reason ->
                    problems.add(
                        Diagnostic.error(
                            DiagnosticCode.VALUE_NOT_FINITE,
                            place,
                            reason,
                            "the network did not train well or the file is damaged")));
      }
    }
    if (!problems.isEmpty()) {
      throw new FacsimileException(problems);
    }
  }

  /** An operator in the words of diagnostics. */
  static ModelLocation placeOf(Graph graph, Op op) {
    Tensor output = graph.tensor(op.output());
    return new ModelLocation(output.sourceOperator(), op.kind(), output.name());
  }

  private Optional<String> notFinite(TensorId operand) {
    Tensor tensor = graph.tensor(operand);
    if (!tensor.isConstant() || !tensor.type().isFloat()) {
      return FINE;
    }
    double[] values = ConstantValues.reals(tensor);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return Optional.of(
            "value %d of its constant '%s' is %s"
                .formatted(i, ModelLocation.printable(tensor.name()), values[i]));
      }
    }
    return FINE;
  }

  private Optional<String> constant(TensorId id, String what) {
    return graph.tensor(id).isConstant()
        ? FINE
        : Optional.of("its " + what + " is computed by the network; int8 needs a constant");
  }

  private Optional<String> matrix(TensorId weights, Optional<TensorId> bias) {
    return constant(weights, "filter").or(() -> bias.flatMap(id -> constant(id, "bias")));
  }

  @Override
  public Optional<String> visitConv2d(Conv2d op) {
    return matrix(op.filter(), op.bias());
  }

  @Override
  public Optional<String> visitDepthwiseConv2d(DepthwiseConv2d op) {
    return matrix(op.filter(), op.bias());
  }

  @Override
  public Optional<String> visitTransposeConv(TransposeConv op) {
    return matrix(op.filter(), op.bias());
  }

  @Override
  public Optional<String> visitFullyConnected(FullyConnected op) {
    return matrix(op.weights(), op.bias());
  }

  @Override
  public Optional<String> visitLstm(Lstm op) {
    if (!graph.tensor(op.input()).isConstant()) {
      return op.gates().stream()
          .flatMap(gate -> Stream.of(gate.weights(), gate.recurrent(), gate.bias()))
          .flatMap(id -> constant(id, "matrix").stream())
          .findFirst();
    }
    return Optional.of("its sequence is a constant");
  }

  @Override
  public Optional<String> visitBinary(Binary op) {
    return FINE;
  }

  @Override
  public Optional<String> visitUnary(Unary op) {
    return FINE;
  }

  @Override
  public Optional<String> visitLookup(Lookup op) {
    return Optional.of("the network is quantized in part; quantize all of it or nothing");
  }

  @Override
  public Optional<String> visitPRelu(PRelu op) {
    return FINE;
  }

  @Override
  public Optional<String> visitPool2d(Pool2d op) {
    return FINE;
  }

  @Override
  public Optional<String> visitResize(Resize op) {
    return FINE;
  }

  @Override
  public Optional<String> visitReduce(Reduce op) {
    return FINE;
  }

  @Override
  public Optional<String> visitArgMax(ArgMax op) {
    return FINE;
  }

  @Override
  public Optional<String> visitPad(Pad op) {
    return FINE;
  }

  @Override
  public Optional<String> visitConcat(Concat op) {
    return op.activation() == Activation.NONE
        ? FINE
        : Optional.of("a concatenation with a fused activation has no int8 form");
  }

  @Override
  public Optional<String> visitReshape(Reshape op) {
    return FINE;
  }

  @Override
  public Optional<String> visitTranspose(Transpose op) {
    return FINE;
  }

  @Override
  public Optional<String> visitSlice(Slice op) {
    return FINE;
  }

  @Override
  public Optional<String> visitGather(Gather op) {
    return FINE;
  }

  @Override
  public Optional<String> visitBatchMatMul(BatchMatMul op) {
    return FINE;
  }

  @Override
  public Optional<String> visitL2Normalization(L2Normalization op) {
    return FINE;
  }

  @Override
  public Optional<String> visitSoftmax(Softmax op) {
    return FINE;
  }

  @Override
  public Optional<String> visitQuantize(Quantize op) {
    return Optional.of("the network is quantized in part; quantize all of it or nothing");
  }

  @Override
  public Optional<String> visitDequantize(Dequantize op) {
    return Optional.of("the network is quantized in part; quantize all of it or nothing");
  }
}
