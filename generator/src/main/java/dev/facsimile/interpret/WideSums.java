// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.quantize.Codes;
import dev.facsimile.quantize.ConvParameters;
import dev.facsimile.quantize.ReducedMultiplier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A convolution or matrix product of int16 whose sums need more than 32 bits. With x = 256 h + l, l
 * = 0..255, the sum over x is 256 times that over h plus that over l; each of those fits 32 bits
 * ({@link dev.facsimile.quantize.AccumulatorBound} proves it), so that the kernels for 32 bits
 * compute both.
 */
final class WideSums implements Kernel<byte[]> {
  private final int[] bias;
  private final List<ReducedMultiplier> multipliers;
  private final ConvParameters parameters;
  private final Kernel<byte[]> products;

  /**
   * @param products makes the kernel for 32 bits from biases and the place of its sums
   */
  WideSums(
      ConvParameters parameters, int[] bias, BiFunction<int[], SumSink, Kernel<byte[]>> products) {
    this(parameters, bias, products.apply(new int[bias.length], WideSums::keep));
  }

  private WideSums(ConvParameters parameters, int[] bias, Kernel<byte[]> products) {
    this.bias = bias;
    this.multipliers = parameters.multipliers().stream().map(ReducedMultiplier::of).toList();
    this.parameters = parameters;
    this.products = products;
  }

  private static void keep(int[] sums, byte[] output, int offset) {
    littleEndian(output).position(Integer.BYTES * offset).asIntBuffer().put(sums);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Kernel<byte[]> fork() {
    return new WideSums(parameters, bias, products.fork());
  }

  @Override
  public void run(List<byte[]> inputs, byte[] output) {
    byte[] input = inputs.get(0);
    int elements = output.length / Codes.INT16.bytes();
    ByteBuffer high = sums(input, elements, 8);
    ByteBuffer low = sums(input, elements, 0);
    for (int i = 0; i < elements; i++) {
      int channel = i % bias.length;
      long sum = bias[channel] + 256L * high.getInt() + low.getInt();
      int code = multipliers.get(channel).apply(sum) + parameters.outputZeroPoint();
      Codes.INT16.put(output, i, parameters.range().clamp(code));
    }
  }

  /** The sums over x / 2^8, rounded down, or over x modulo 2^8. */
  private ByteBuffer sums(byte[] input, int elements, int shift) {
    byte[] part = new byte[input.length];
    for (int i = 0; i < input.length / Codes.INT16.bytes(); i++) {
      int x = Codes.INT16.get(input, i);
      Codes.INT16.put(part, i, shift == 0 ? x & 0xff : x >> shift);
    }
    byte[] sums = new byte[Integer.BYTES * elements];
    products.run(List.of(part), sums);
    return littleEndian(sums);
  }
}
