// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.facts.ConstantValues;
import dev.facsimile.facts.Consumers;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.TransposeConv;
import java.util.Optional;

/**
 * Moves a scale or an offset a channel, as BatchNorm leaves them, into the weights and bias before
 * it. Float graphs only.
 *
 * <pre>
 *   y = CONV_2D(x, w, b)
 *   z = MUL(y, s)         -&gt;   z = CONV_2D(x, w * s, b * s)
 *   y = CONV_2D(x, w, b)
 *   z = ADD(y, t)         -&gt;   z = CONV_2D(x, w, b + t)
 * </pre>
 *
 * <p>Also SUB(y, t), DIV(y, s), either order of ADD and MUL, DEPTHWISE_CONV_2D, TRANSPOSE_CONV and
 * FULLY_CONNECTED. y has no activation and no other reader; the constant has one element, or one a
 * channel.
 *
 * <p>Changes numerics: up to float rounding.
 */
public final class FoldBatchNorm implements GraphPass {

  @Override
  public Optional<Graph> apply(Graph graph) {
    return GraphEdit.untilStable(graph, FoldBatchNorm::foldFirst);
  }

  private static Optional<Graph> foldFirst(Graph graph) {
    Consumers consumers = Consumers.of(graph);
    for (Op op : graph.ops()) {
      if (op instanceof Binary binary && graph.tensor(op.output()).type() == DType.FLOAT32) {
        Optional<Graph> folded =
            fold(graph, consumers, binary, binary.a(), binary.b())
                .or(
                    () ->
                        commutes(binary)
                            ? fold(graph, consumers, binary, binary.b(), binary.a())
                            : Optional.empty());
        if (folded.isPresent()) {
          return folded;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean commutes(Binary op) {
    return op.function() == Binary.Kind.ADD || op.function() == Binary.Kind.MUL;
  }

  private static Optional<Graph> fold(
      Graph graph, Consumers consumers, Binary op, TensorId activation, TensorId constant) {
    Op producer = consumers.producer(activation).orElse(null);
    Tensor operand = graph.tensor(constant);
    int channels = graph.tensor(activation).shape().channels();
    boolean onePerChannel =
        operand.isConstant()
            && (operand.shape().elements() == 1
                || (operand.shape().elements() == channels
                    && operand.shape().channels() == channels));
    if (producer == null
        || !onePerChannel
        || !consumers.hasOneConsumer(activation)
        || !graph.tensor(activation).shape().equals(graph.tensor(op.output()).shape())) {
      return Optional.empty();
    }
    return weighted(producer)
        .filter(weighted -> graph.tensor(weighted.filter()).isConstant())
        .filter(weighted -> weighted.bias().map(id -> graph.tensor(id).isConstant()).orElse(true))
        .flatMap(weighted -> rewrite(graph, op, producer, weighted, operand, channels));
  }

  private static Optional<Graph> rewrite(
      Graph graph, Binary op, Op producer, Weighted old, Tensor operand, int channels) {
    double[] values = ConstantValues.reals(operand);
    double[] scale = new double[channels];
    double[] offset = new double[channels];
    for (int c = 0; c < channels; c++) {
      double value = values[values.length == 1 ? 0 : c];
      scale[c] =
          switch (op.function()) {
            case MUL -> value;
            case DIV -> 1 / value;
            case ADD, SUB -> 1;
            case MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -> Double.NaN; // not a line: left alone
          };
      offset[c] =
          switch (op.function()) {
            case ADD -> value;
            case SUB -> -value;
            case MUL, DIV -> 0;
            case MAXIMUM, MINIMUM, SQUARED_DIFFERENCE -> Double.NaN;
          };
      if (!Double.isFinite(scale[c]) || !Double.isFinite(offset[c])) {
        return Optional.empty();
      }
    }
    GraphEdit edit = new GraphEdit(graph);
    TensorId filter = scaledFilter(graph, edit, old, scale);
    TensorId bias = scaledBias(graph, edit, old, scale, offset);
    Tensor output = graph.tensor(op.output());
    edit.put(output.withSourceOperator(graph.tensor(producer.output()).sourceOperator()));
    edit.replace(producer, withWeights(producer, filter, bias, op)).remove(op);
    return Optional.of(edit.apply());
  }

  private static TensorId scaledFilter(Graph graph, GraphEdit edit, Weighted old, double[] scale) {
    Tensor filter = graph.tensor(old.filter());
    double[] values = ConstantValues.reals(filter);
    float[] scaled = new float[values.length];
    int perChannel = values.length / scale.length;
    for (int i = 0; i < values.length; i++) {
      int channel = old.channelIsInnermost() ? i % scale.length : i / perChannel;
      scaled[i] = (float) (values[i] * scale[channel]);
    }
    return edit.addFloats(filter.name(), filter.shape(), scaled);
  }

  private static TensorId scaledBias(
      Graph graph, GraphEdit edit, Weighted old, double[] scale, double[] offset) {
    double[] values =
        old.bias()
            .map(id -> ConstantValues.reals(graph.tensor(id)))
            .orElseGet(() -> new double[scale.length]);
    float[] moved = new float[scale.length];
    for (int c = 0; c < scale.length; c++) {
      moved[c] = (float) (values[c] * scale[c] + offset[c]);
    }
    String name = old.bias().map(id -> graph.tensor(id).name()).orElse("");
    return edit.addFloats(name, Shape.of(scale.length), moved);
  }

  /** Filter and bias of an operator that has them and no activation. */
  private record Weighted(TensorId filter, Optional<TensorId> bias, boolean channelIsInnermost) {}

  private static Optional<Weighted> weighted(Op op) {
    if (!FusedActivation.of(op).equals(Optional.of(Activation.NONE))) {
      return Optional.empty();
    }
    if (op instanceof Conv2d conv) {
      return Optional.of(new Weighted(conv.filter(), conv.bias(), false));
    }
    if (op instanceof TransposeConv conv) {
      return Optional.of(new Weighted(conv.filter(), conv.bias(), false));
    }
    if (op instanceof FullyConnected connected) {
      return Optional.of(new Weighted(connected.weights(), connected.bias(), false));
    }
    if (op instanceof DepthwiseConv2d depthwise) {
      return Optional.of(new Weighted(depthwise.filter(), depthwise.bias(), true));
    }
    return Optional.empty();
  }

  private static Op withWeights(Op op, TensorId filter, TensorId bias, Binary folded) {
    Optional<TensorId> some = Optional.of(bias);
    TensorId output = folded.output();
    Activation activation = folded.activation();
    if (op instanceof Conv2d conv) {
      return new Conv2d(conv.input(), filter, some, output, conv.window(), activation);
    }
    if (op instanceof TransposeConv conv) {
      return conv.with(filter, some, output, activation);
    }
    if (op instanceof FullyConnected connected) {
      return new FullyConnected(connected.input(), filter, some, output, activation);
    }
    if (op instanceof DepthwiseConv2d depthwise) {
      return new DepthwiseConv2d(
          depthwise.input(),
          filter,
          some,
          output,
          depthwise.window(),
          depthwise.multiplier(),
          activation);
    }
    throw new IllegalArgumentException(op.kind() + " has no weights");
  }
}
