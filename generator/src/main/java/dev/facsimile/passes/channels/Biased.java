// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.TensorId;
import java.util.Optional;

/** Gives a bias to an operator that had none. */
final class Biased {
  private Biased() {}

  static Op with(Op op, TensorId bias) {
    Optional<TensorId> some = Optional.of(bias);
    if (op instanceof Conv2d conv) {
      return new Conv2d(
          conv.input(), conv.filter(), some, conv.output(), conv.window(), conv.activation());
    }
    if (op instanceof DepthwiseConv2d depthwise) {
      return new DepthwiseConv2d(
          depthwise.input(),
          depthwise.filter(),
          some,
          depthwise.output(),
          depthwise.window(),
          depthwise.multiplier(),
          depthwise.activation());
    }
    if (op instanceof FullyConnected connected) {
      return new FullyConnected(
          connected.input(), connected.weights(), some, connected.output(), connected.activation());
    }
    throw new IllegalArgumentException(op.kind() + " has no bias");
  }
}
