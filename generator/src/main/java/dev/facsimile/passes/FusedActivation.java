// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.TransposeConv;
import java.util.Optional;

/** The activation inside an operator, for those that TensorFlow Lite lets have one. */
final class FusedActivation {
  private FusedActivation() {}

  /** Empty where the operator cannot carry one. */
  static Optional<Activation> of(Op op) {
    if (op instanceof Conv2d conv) {
      return Optional.of(conv.activation());
    }
    if (op instanceof DepthwiseConv2d depthwise) {
      return Optional.of(depthwise.activation());
    }
    if (op instanceof TransposeConv conv) {
      return Optional.of(conv.activation());
    }
    if (op instanceof FullyConnected connected) {
      return Optional.of(connected.activation());
    }
    if (op instanceof Binary binary) {
      return Optional.of(binary.activation())
          .filter(activation -> binary.function().carriesActivation());
    }
    if (op instanceof Pool2d pool) {
      return Optional.of(pool.activation());
    }
    return Optional.empty();
  }

  /** The same operator with another activation, writing to {@code output}. */
  static Op with(Op op, Activation activation, TensorId output) {
    if (op instanceof Conv2d conv) {
      return new Conv2d(
          conv.input(), conv.filter(), conv.bias(), output, conv.window(), activation);
    }
    if (op instanceof DepthwiseConv2d depthwise) {
      return new DepthwiseConv2d(
          depthwise.input(),
          depthwise.filter(),
          depthwise.bias(),
          output,
          depthwise.window(),
          depthwise.multiplier(),
          activation);
    }
    if (op instanceof TransposeConv conv) {
      return conv.with(conv.filter(), conv.bias(), output, activation);
    }
    if (op instanceof FullyConnected connected) {
      return new FullyConnected(
          connected.input(), connected.weights(), connected.bias(), output, activation);
    }
    if (op instanceof Binary binary) {
      return new Binary(binary.function(), binary.a(), binary.b(), output, activation);
    }
    if (op instanceof Pool2d pool) {
      return new Pool2d(pool.function(), pool.input(), output, pool.window(), activation);
    }
    throw new IllegalArgumentException(op.kind() + " carries no activation");
  }
}
