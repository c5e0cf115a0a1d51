// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Dequantize;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.PRelu;
import dev.facsimile.graph.Pad;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Reshape;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Softmax;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.tflite.FlatFileBuilder.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.DivOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.FullyConnectedOptionsWeightsFormat;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.ReshapeOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.SubOptions;

/** One operator of the graph to one of the file, or two. Throws {@link OperatorRejected}. */
final class OperatorWriter implements Op.Visitor<Void> {
  private final Graph graph;
  private final SortedMap<TensorId, Integer> index;
  private final FlatFileBuilder file;
  private final FlatBufferBuilder builder;

  OperatorWriter(Graph graph, SortedMap<TensorId, Integer> index, FlatFileBuilder file) {
    this.graph = graph;
    this.index = index;
    this.file = file;
    this.builder = file.flatbuffer();
  }

  @Override
  public Void visitConv2d(Conv2d op) {
    PaddedInput input = padded(op.input(), op.window());
    Window window = op.window();
    int options =
        Conv2DOptions.createConv2DOptions(
            builder,
            input.padding(),
            window.strideW(),
            window.strideH(),
            activation(op.activation()),
            window.dilationW(),
            window.dilationH());
    return write(
        BuiltinOperator.CONV_2D,
        isInteger(op.input()) ? 3 : 1,
        convolved(op, input.tensor(), op.filter(), op.bias()),
        index(op.output()),
        new Options(BuiltinOptions.Conv2DOptions, options));
  }

  @Override
  public Void visitDepthwiseConv2d(DepthwiseConv2d op) {
    PaddedInput input = padded(op.input(), op.window());
    Window window = op.window();
    int options =
        DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
            builder,
            input.padding(),
            window.strideW(),
            window.strideH(),
            op.multiplier(),
            activation(op.activation()),
            window.dilationW(),
            window.dilationH());
    boolean dilated = window.dilationH() > 1 || window.dilationW() > 1;
    return write(
        BuiltinOperator.DEPTHWISE_CONV_2D,
        isInteger(op.input()) ? 3 : dilated ? 2 : 1,
        convolved(op, input.tensor(), op.filter(), op.bias()),
        index(op.output()),
        new Options(BuiltinOptions.DepthwiseConv2DOptions, options));
  }

  @Override
  public Void visitFullyConnected(FullyConnected op) {
    Tensor output = graph.tensor(op.output());
    Shape weights = graph.tensor(op.weights()).shape();
    Shape input = graph.tensor(op.input()).shape();
    Shape rows = Shape.of(input.elements() / weights.dim(1), weights.dim(0));
    boolean flat = output.shape().equals(rows);
    boolean keeps = !flat && output.shape().equals(keptAxes(input, weights));
    int target = flat || keeps ? index(op.output()) : file.tensor(output.withShape(rows));
    int options =
        FullyConnectedOptions.createFullyConnectedOptions(
            builder,
            activation(op.activation()),
            FullyConnectedOptionsWeightsFormat.DEFAULT,
            keeps,
            false);
    int version = op.bias().isEmpty() ? 6 : keeps ? 5 : isInteger(op.input()) ? 4 : 1;
    write(
        BuiltinOperator.FULLY_CONNECTED,
        version,
        weighted(index(op.input()), op.weights(), op.bias()),
        target,
        new Options(BuiltinOptions.FullyConnectedOptions, options));
    return flat || keeps ? null : reshape(target, op.output());
  }

  @Override
  public Void visitBinary(Binary op) {
    requireDefined(op, op.function() == Binary.Kind.DIV);
    byte activation = activation(op.activation());
    List<Integer> inputs = List.of(index(op.a()), index(op.b()));
    int output = index(op.output());
    int version = isInteger(op.output()) ? 2 : 1;
    return switch (op.function()) {
      case ADD ->
          write(
              BuiltinOperator.ADD,
              version,
              inputs,
              output,
              new Options(
                  BuiltinOptions.AddOptions,
                  AddOptions.createAddOptions(builder, activation, false)));
      case SUB ->
          write(
              BuiltinOperator.SUB,
              version,
              inputs,
              output,
              new Options(
                  BuiltinOptions.SubOptions,
                  SubOptions.createSubOptions(builder, activation, false)));
      case MUL ->
          write(
              BuiltinOperator.MUL,
              isInteger(op.output()) && multipliesByOneOrMore(op) ? 3 : version,
              inputs,
              output,
              new Options(
                  BuiltinOptions.MulOptions, MulOptions.createMulOptions(builder, activation)));
      case DIV ->
          write(
              BuiltinOperator.DIV,
              1,
              inputs,
              output,
              new Options(
                  BuiltinOptions.DivOptions, DivOptions.createDivOptions(builder, activation)));
    };
  }

  @Override
  public Void visitUnary(Unary op) {
    requireDefined(op, op.function() == Unary.Kind.NEG);
    int version = isInteger(op.output()) ? 2 : 1;
    return switch (op.function()) {
      case RELU -> unary(op, BuiltinOperator.RELU, version);
      case RELU6 -> unary(op, BuiltinOperator.RELU6, version);
      case RELU_N1_TO_1 -> unary(op, BuiltinOperator.RELU_N1_TO_1, 1);
      case LOGISTIC -> unary(op, BuiltinOperator.LOGISTIC, version);
      case TANH -> unary(op, BuiltinOperator.TANH, version);
      case NEG -> unary(op, BuiltinOperator.NEG, 1);
      case EXP -> unary(op, BuiltinOperator.EXP, version);
      case LEAKY_RELU ->
          write(
              BuiltinOperator.LEAKY_RELU,
              1,
              List.of(index(op.input())),
              index(op.output()),
              new Options(
                  BuiltinOptions.LeakyReluOptions,
                  LeakyReluOptions.createLeakyReluOptions(builder, op.alpha())));
    };
  }

  @Override
  public Void visitPRelu(PRelu op) {
    return write(
        BuiltinOperator.PRELU,
        1,
        List.of(index(op.input()), index(op.alpha())),
        index(op.output()),
        Options.NONE);
  }

  @Override
  public Void visitPool2d(Pool2d op) {
    Window window = op.window();
    byte padding =
        padding(op.input(), window)
            .orElseThrow(
                () ->
                    rejected(
                        "a pooling window whose padding is neither SAME nor VALID",
                        "pad the image in front of the pooling"));
    int options =
        Pool2DOptions.createPool2DOptions(
            builder,
            padding,
            window.strideW(),
            window.strideH(),
            window.kernelW(),
            window.kernelH(),
            activation(op.activation()));
    return write(
        op.function() == Pool2d.Kind.MAX_POOL_2D
            ? BuiltinOperator.MAX_POOL_2D
            : BuiltinOperator.AVERAGE_POOL_2D,
        isInteger(op.output()) ? 2 : 1,
        List.of(index(op.input())),
        index(op.output()),
        new Options(BuiltinOptions.Pool2DOptions, options));
  }

  @Override
  public Void visitReduce(Reduce op) {
    if (op.axes().isEmpty()) {
      throw rejected("a reduction over no axis", "leave the operator out");
    }
    int axes = constant(Shape.of(op.axes().size()), toArray(op.axes()));
    int options = ReducerOptions.createReducerOptions(builder, op.keepDims());
    int code =
        switch (op.function()) {
          case MEAN -> BuiltinOperator.MEAN;
          case SUM -> BuiltinOperator.SUM;
          case REDUCE_MAX -> BuiltinOperator.REDUCE_MAX;
        };
    return write(
        code,
        isInteger(op.output()) ? 2 : 1,
        List.of(index(op.input()), axes),
        index(op.output()),
        new Options(BuiltinOptions.ReducerOptions, options));
  }

  @Override
  public Void visitPad(Pad op) {
    return pad(op.input(), op.before(), op.after(), index(op.output()));
  }

  @Override
  public Void visitConcat(Concat op) {
    List<Integer> inputs = op.inputs().stream().map(this::index).toList();
    int options =
        ConcatenationOptions.createConcatenationOptions(
            builder, op.axis(), ActivationFunctionType.NONE);
    boolean fused = op.activation() != Activation.NONE;
    int target = fused ? file.tensor(graph.tensor(op.output())) : index(op.output());
    int version = isInteger(op.output()) ? 2 : 1;
    write(
        BuiltinOperator.CONCATENATION,
        version,
        inputs,
        target,
        new Options(BuiltinOptions.ConcatenationOptions, options));
    int clamp =
        switch (op.activation()) {
          case NONE -> -1;
          case RELU -> BuiltinOperator.RELU;
          case RELU6 -> BuiltinOperator.RELU6;
          case RELU_N1_TO_1 -> BuiltinOperator.RELU_N1_TO_1;
        };
    if (!fused) {
      return null;
    }
    int clampVersion = clamp == BuiltinOperator.RELU_N1_TO_1 ? 1 : version;
    return write(clamp, clampVersion, List.of(target), index(op.output()), Options.NONE);
  }

  @Override
  public Void visitReshape(Reshape op) {
    return reshape(index(op.input()), op.output());
  }

  @Override
  public Void visitSoftmax(Softmax op) {
    int options = SoftmaxOptions.createSoftmaxOptions(builder, op.beta());
    return write(
        BuiltinOperator.SOFTMAX,
        isInteger(op.output()) ? 2 : 1,
        List.of(index(op.input())),
        index(op.output()),
        new Options(BuiltinOptions.SoftmaxOptions, options));
  }

  @Override
  public Void visitQuantize(Quantize op) {
    return write(
        BuiltinOperator.QUANTIZE, 1, List.of(index(op.input())), index(op.output()), Options.NONE);
  }

  @Override
  public Void visitDequantize(Dequantize op) {
    return write(
        BuiltinOperator.DEQUANTIZE,
        2,
        List.of(index(op.input())),
        index(op.output()),
        Options.NONE);
  }

  /** Tensor a window reads, and how it is padded still. */
  private record PaddedInput(int tensor, byte padding) {}

  private PaddedInput padded(TensorId input, Window window) {
    Optional<Byte> known = padding(input, window);
    if (known.isPresent()) {
      return new PaddedInput(index(input), known.get());
    }
    Tensor tensor = graph.tensor(input);
    List<Integer> before = List.of(0, window.padTop(), window.padLeft(), 0);
    List<Integer> after = List.of(0, window.padBottom(), window.padRight(), 0);
    Shape shape =
        Shape.of(
            tensor.shape().dim(0),
            tensor.shape().dim(1) + window.padTop() + window.padBottom(),
            tensor.shape().dim(2) + window.padLeft() + window.padRight(),
            tensor.shape().dim(3));
    int target = file.tensor(tensor.withShape(shape));
    pad(input, before, after, target);
    return new PaddedInput(target, Padding.VALID);
  }

  private Optional<Byte> padding(TensorId input, Window window) {
    if (!window.hasPadding()) {
      return Optional.of(Padding.VALID);
    }
    Shape shape = graph.tensor(input).shape();
    Window same =
        Window.same(
            shape.dim(1),
            shape.dim(2),
            window.kernelH(),
            window.kernelW(),
            window.strideH(),
            window.strideW(),
            window.dilationH(),
            window.dilationW());
    return window.equals(same) ? Optional.of(Padding.SAME) : Optional.empty();
  }

  private Void pad(TensorId input, List<Integer> before, List<Integer> after, int target) {
    int[] paddings = new int[2 * before.size()];
    for (int axis = 0; axis < before.size(); axis++) {
      paddings[2 * axis] = before.get(axis);
      paddings[2 * axis + 1] = after.get(axis);
    }
    int constant = constant(Shape.of(before.size(), 2), paddings);
    return write(
        BuiltinOperator.PAD,
        isInteger(input) ? 2 : 1,
        List.of(index(input), constant),
        target,
        Options.NONE);
  }

  private Void reshape(int source, TensorId output) {
    int[] dims = graph.tensor(output).shape().toArray();
    int vector = ReshapeOptions.createNewShapeVector(builder, dims);
    int options = ReshapeOptions.createReshapeOptions(builder, vector);
    // No tensor has no elements: the shape of a scalar stands in the options alone.
    List<Integer> inputs =
        dims.length == 0 ? List.of(source) : List.of(source, constant(Shape.of(dims.length), dims));
    return write(
        BuiltinOperator.RESHAPE,
        1,
        inputs,
        index(output),
        new Options(BuiltinOptions.ReshapeOptions, options));
  }

  private Void unary(Unary op, int code, int version) {
    return write(code, version, List.of(index(op.input())), index(op.output()), Options.NONE);
  }

  private boolean multipliesByOneOrMore(Binary op) {
    double product = (double) scale(op.a()) * scale(op.b());
    return product / scale(op.output()) >= 1;
  }

  private float scale(TensorId id) {
    return graph.tensor(id).perTensor().scale();
  }

  private void requireDefined(Op op, boolean floatOnly) {
    if (floatOnly && isInteger(op.output())) {
      throw rejected("int8 " + op.kind(), "write the float network");
    }
  }

  private static Shape keptAxes(Shape input, Shape weights) {
    List<Integer> dims = new ArrayList<>(input.dims());
    if (dims.isEmpty() || input.dim(-1) != weights.dim(1)) {
      return Shape.of();
    }
    dims.set(dims.size() - 1, weights.dim(0));
    return new Shape(dims);
  }

  private List<Integer> weighted(int input, TensorId weights, Optional<TensorId> bias) {
    List<Integer> operands = new ArrayList<>(List.of(input, index(weights)));
    bias.ifPresent(id -> operands.add(index(id)));
    return operands;
  }

  /** TensorFlow Lite's int8 convolutions insist on a bias. */
  private List<Integer> convolved(Op op, int input, TensorId filter, Optional<TensorId> bias) {
    List<Integer> operands = weighted(input, filter, bias);
    if (bias.isEmpty() && isInteger(op.output())) {
      int channels = graph.tensor(op.output()).shape().channels();
      Tensor zeros =
          Tensor.constant(
                  new TensorId(0),
                  "",
                  Shape.of(channels),
                  DType.INT32,
                  ConstantBytes.ofInts(new int[channels]))
              .withType(DType.INT32, BiasQuantization.ofProducts(op, graph));
      operands.add(file.tensor(zeros));
    }
    return operands;
  }

  private int constant(Shape shape, int[] values) {
    return file.tensor(
        Tensor.constant(new TensorId(0), "", shape, DType.INT32, ConstantBytes.ofInts(values)));
  }

  private Void write(int code, int version, List<Integer> inputs, int output, Options options) {
    file.operator(code, version, inputs, output, options);
    return null;
  }

  private int index(TensorId id) {
    return index.get(id);
  }

  private boolean isInteger(TensorId id) {
    return graph.tensor(id).type() == DType.INT8;
  }

  private static int[] toArray(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static byte activation(Activation activation) {
    return switch (activation) {
      case NONE -> ActivationFunctionType.NONE;
      case RELU -> ActivationFunctionType.RELU;
      case RELU6 -> ActivationFunctionType.RELU6;
      case RELU_N1_TO_1 -> ActivationFunctionType.RELU_N1_TO_1;
    };
  }

  private static OperatorRejected rejected(String what, String hint) {
    return OperatorRejected.because(
        DiagnosticCode.OPERATOR_UNSUPPORTED, "TensorFlow Lite has no equivalent of " + what, hint);
  }
}
