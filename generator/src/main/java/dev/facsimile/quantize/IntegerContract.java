// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

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
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Resize;
import dev.facsimile.graph.Shape;
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
import java.util.Optional;

/**
 * What makes a graph an integer graph, operator by operator: activations of one type, int8 with one
 * scale and zero point or int16 with one scale and zero point 0; symmetric int8 weights; biases as
 * wide as the accumulators; and the ties between scales that TensorFlow Lite's quantization
 * specification demands. Only QUANTIZE leads from one type to another. {@link KernelTypes} says
 * which operator takes which types. Shapes are not checked here.
 */
public final class IntegerContract implements Op.Visitor<Void> {
  private static final float SOFTMAX_SCALE = 1f / 256;
  private static final int SOFTMAX_ZERO_POINT = -128;
  private static final float SCALE_TOLERANCE = 0.001f;

  private final Graph graph;
  private final List<Diagnostic> violations = new ArrayList<>();

  private IntegerContract(Graph graph) {
    this.graph = graph;
  }

  /** Every violation, in the order of the operators. Empty: the graph is an integer graph. */
  public static List<Diagnostic> violations(Graph graph) {
    IntegerContract contract = new IntegerContract(graph);
    graph.inputs().forEach(port -> contract.requireInput(port.tensor()));
    graph.ops().forEach(op -> op.accept(contract));
    return List.copyOf(contract.violations);
  }

  /**
   * Returns if the graph is an integer graph.
   *
   * @throws FacsimileException with every violation
   */
  public static void require(Graph graph) {
    List<Diagnostic> violations = violations(graph);
    if (!violations.isEmpty()) {
      throw new FacsimileException(violations);
    }
  }

  @Override
  public Void visitConv2d(Conv2d op) {
    if (requireActivations(op, List.of(op.input(), op.output()))
        && requireWeights(op, op.filter(), 0)
        && requireBias(op, op.bias())) {
      requireReduced(op, ConvParameters.of(graph, op), op.bias());
    }
    return null;
  }

  @Override
  public Void visitDepthwiseConv2d(DepthwiseConv2d op) {
    if (requireActivations(op, List.of(op.input(), op.output()))
        && requireWeights(op, op.filter(), 3)
        && requireBias(op, op.bias())) {
      requireReduced(op, ConvParameters.of(graph, op), op.bias());
    }
    return null;
  }

  @Override
  public Void visitTransposeConv(TransposeConv op) {
    if (requireActivations(op, List.of(op.input(), op.output()))
        && requireWeights(op, op.filter(), 0)
        && requireBias(op, op.bias())) {
      requireReduced(op, ConvParameters.of(graph, op), op.bias());
    }
    return null;
  }

  @Override
  public Void visitFullyConnected(FullyConnected op) {
    if (requireActivations(op, List.of(op.input(), op.output()))
        && requireWeights(op, op.weights(), 0)
        && requireBias(op, op.bias())) {
      requireReduced(op, ConvParameters.of(graph, op), op.bias());
    }
    return null;
  }

  @Override
  public Void visitBinary(Binary op) {
    switch (op.function()) {
      case MAXIMUM, MINIMUM -> requireEqualQuantization(op);
      case MUL, DIV -> requireActivations(op, List.of(op.a(), op.b(), op.output()));
      case ADD, SUB, SQUARED_DIFFERENCE -> requireCoarseOutput(op);
    }
    return null;
  }

  /** These kernels shift their sums and squares to the right alone. */
  private void requireCoarseOutput(Binary op) {
    if (!requireActivations(op, List.of(op.a(), op.b(), op.output()))) {
      return;
    }
    boolean squares = op.function() == Binary.Kind.SQUARED_DIFFERENCE;
    FixedPointMultiplier factor =
        squares
            ? SquaredDifferenceParameters.of(graph, op).output()
            : AddParameters.of(graph, op).output();
    if (factor.shift() > 0) {
      report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          squares
              ? "the output's scale is more than 2^12 times smaller than an operand's square"
              : "the output's scale is more than 2^19 times smaller than an operand's",
          "quantize with ranges taken from real data");
    }
  }

  @Override
  public Void visitUnary(Unary op) {
    requireActivations(op, List.of(op.input(), op.output()));
    return null;
  }

  @Override
  public Void visitPRelu(PRelu op) {
    requireActivations(op, List.of(op.input(), op.alpha(), op.output()));
    return null;
  }

  @Override
  public Void visitPool2d(Pool2d op) {
    requireEqualQuantization(op);
    return null;
  }

  @Override
  public Void visitResize(Resize op) {
    requireEqualQuantization(op);
    Shape input = graph.tensor(op.input()).shape();
    int longest = Math.max(Math.max(input.dim(1), input.dim(2)), Math.max(op.height(), op.width()));
    if (op.function() == Resize.Kind.RESIZE_BILINEAR && longest > ResizeAxis.MAX_EXTENT) {
      report(
          op,
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "images of more than " + ResizeAxis.MAX_EXTENT + " pixels along a side",
          "interpolate smaller images");
    }
    return null;
  }

  @Override
  public Void visitReduce(Reduce op) {
    if (op.function().selects() || op.axes().isEmpty()) {
      requireEqualQuantization(op);
    } else {
      requireActivations(op, List.of(op.input(), op.output()));
    }
    return null;
  }

  @Override
  public Void visitArgMax(ArgMax op) {
    requireActivations(op, List.of(op.input()));
    return null;
  }

  @Override
  public Void visitPad(Pad op) {
    requireEqualQuantization(op);
    Tensor output = graph.tensor(op.output());
    if (output.type() == DType.INT16 && isUneven(AffineMapping.code(op.value(), output))) {
      report(
          op,
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "int16 padding with " + op.value() + " is not supported",
          "pad with zeros, or quantize to int8");
    }
    return null;
  }

  @Override
  public Void visitConcat(Concat op) {
    requireEqualQuantization(op);
    if (op.activation() != Activation.NONE) {
      report(
          op,
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "fused activation " + op.activation() + " is not supported",
          "put the activation on the operands");
    }
    return null;
  }

  @Override
  public Void visitReshape(Reshape op) {
    requireEqualQuantization(op);
    return null;
  }

  @Override
  public Void visitTranspose(Transpose op) {
    requireEqualQuantization(op);
    return null;
  }

  @Override
  public Void visitSlice(Slice op) {
    requireEqualQuantization(op);
    return null;
  }

  @Override
  public Void visitGather(Gather op) {
    requireEqualQuantization(op);
    return null;
  }

  @Override
  public Void visitBatchMatMul(BatchMatMul op) {
    requireActivations(op, List.of(op.a(), op.b(), op.output()));
    return null;
  }

  @Override
  public Void visitL2Normalization(L2Normalization op) {
    if (!requireActivations(op, List.of(op.input(), op.output()))) {
      return null;
    }
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    if (!output.equals(ScaleGroups.SIGNED_UNIT)) {
      report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "the output must have scale 1/128 and zero point 0 but has " + describe(output),
          "quantize the model again with a current converter");
    }
    if (graph.tensor(op.input()).shape().channels() > L2NormParameters.MAX_DEPTH) {
      report(
          op,
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "rows of more than " + L2NormParameters.MAX_DEPTH + " values",
          "normalize shorter rows");
    }
    return null;
  }

  @Override
  public Void visitSoftmax(Softmax op) {
    if (!requireActivations(op, List.of(op.input(), op.output()))) {
      return null;
    }
    if (graph.tensor(op.output()).type() == DType.INT16) {
      report(op, WideContract.of(graph, op));
      return null;
    }
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    if (output.zeroPoint() != SOFTMAX_ZERO_POINT
        || Math.abs(output.scale() - SOFTMAX_SCALE) > SCALE_TOLERANCE * SOFTMAX_SCALE) {
      report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "the output must have scale 1/256 and zero point -128 but has " + describe(output),
          "quantize the model again with a current converter");
    }
    if (graph.tensor(op.input()).shape().channels() > SoftmaxParameters.MAX_DEPTH) {
      report(
          op,
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "more than " + SoftmaxParameters.MAX_DEPTH + " channels",
          "leave the softmax out: the largest logit is the largest probability");
    }
    return null;
  }

  @Override
  public Void visitQuantize(Quantize op) {
    requireActivations(op, List.of(op.input(), op.output()));
    return null;
  }

  @Override
  public Void visitDequantize(Dequantize op) {
    report(
        op,
        DiagnosticCode.TYPE_UNSUPPORTED,
        "a float tensor inside an integer network",
        "convert the whole model to int8, or give the float model and calibration data");
    return null;
  }

  /** Whether the two bytes differ: padding fills memory byte by byte. */
  private static boolean isUneven(int code) {
    return (byte) code != (byte) (code >> 8);
  }

  private void requireInput(TensorId id) {
    if (!isActivation(graph.tensor(id))) {
      reportActivation(new ModelLocation(-1, "", graph.tensor(id).name()), graph.tensor(id));
    }
  }

  private boolean requireActivations(Op op, List<TensorId> ids) {
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

  private void requireEqualQuantization(Op op) {
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

  private boolean requireWeights(Op op, TensorId id, int channelAxis) {
    Tensor weights = graph.tensor(id);
    Quantization quantization = weights.quantization().orElse(null);
    int channels = weights.shape().dim(channelAxis);
    boolean symmetric =
        quantization instanceof Quantization.PerTensor whole && whole.zeroPoint() == 0;
    boolean perChannel =
        quantization instanceof Quantization.PerChannel scales
            && (scales.scales().size() == 1
                || (scales.axis() == channelAxis && scales.scales().size() == channels));
    if (weights.type() != DType.INT8 || !weights.isConstant() || !(symmetric || perChannel)) {
      report(
          op,
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "weights must be constant int8, symmetric, with one scale or one for each output channel",
          "convert with int8 weights");
      return false;
    }
    return true;
  }

  private boolean requireBias(Op op, Optional<TensorId> id) {
    if (id.isEmpty()) {
      return true;
    }
    Tensor bias = graph.tensor(id.get());
    boolean wide = bias.type() == DType.INT64 && graph.tensor(op.output()).type() == DType.INT16;
    if (bias.isConstant() && (bias.type() == DType.INT32 || wide)) {
      return true;
    }
    report(
        op,
        DiagnosticCode.TYPE_UNSUPPORTED,
        "the bias must be constant int32, or int64 where activations are int16, but is "
            + bias.type(),
        "convert with int32 biases");
    return false;
  }

  private void requireReduced(Op op, ConvParameters numbers, Optional<TensorId> bias) {
    if (numbers.reduced()) {
      report(op, WideContract.ofSums(numbers, graph.tensor(bias.orElseThrow())));
    }
  }

  private void report(Op op, List<WideContract.Violation> found) {
    found.forEach(violation -> report(op, violation.code(), violation.message(), violation.hint()));
  }

  private void report(Op op, DiagnosticCode code, String message, String hint) {
    violations.add(Diagnostic.error(code, place(op), message, hint));
  }

  private ModelLocation place(Op op) {
    Tensor output = graph.tensor(op.output());
    return new ModelLocation(output.sourceOperator(), op.kind(), output.name());
  }

  private static String describe(Quantization.PerTensor quantization) {
    return "(" + quantization.scale() + ", " + quantization.zeroPoint() + ")";
  }
}
