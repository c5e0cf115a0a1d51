// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.Tensor;
import dev.facsimile.quantize.ConvParameters;
import java.nio.ByteBuffer;

/**
 * Whether a layer may use the short form of requantization: every shift is to the right and no
 * accumulator can reach 2^30, proved from the actual weights with inputs of -128 .. 127.
 */
final class FastRequantize {
  private static final long LIMIT = 1L << 30;

  private FastRequantize() {}

  /** For weights [out, ...]: 1 where it is allowed, else 0. */
  static int outputMajor(Tensor weights, int[] bias, ConvParameters numbers) {
    int perChannel = weights.shape().elements() / bias.length;
    return allowed(weights, bias, numbers, i -> i / perChannel);
  }

  /** For weights [..., channel]: 1 where it is allowed, else 0. */
  static int channelMinor(Tensor weights, int[] bias, ConvParameters numbers) {
    return allowed(weights, bias, numbers, i -> i % bias.length);
  }

  private interface ChannelOf {
    int channel(int index);
  }

  private static int allowed(
      Tensor weights, int[] bias, ConvParameters numbers, ChannelOf channelOf) {
    long[] bounds = new long[bias.length];
    for (int c = 0; c < bias.length; c++) {
      bounds[c] = Math.abs((long) bias[c]);
    }
    ByteBuffer values = weights.data().orElseThrow().asReadOnlyBuffer();
    for (int i = 0; i < values.limit(); i++) {
      bounds[channelOf.channel(i)] += 128L * Math.abs(values.get(i));
    }
    for (long bound : bounds) {
      if (bound >= LIMIT) {
        return 0;
      }
    }
    return numbers.multipliers().stream().allMatch(factor -> factor.shift() < 0) ? 1 : 0;
  }
}
