// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facsimile.graph.Quantization;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SoftmaxParametersTest {
  @Test
  void tabulatesExponentialsToSevenDigits() {
    SoftmaxParameters parameters = SoftmaxParameters.of(new Quantization.PerTensor(0.1f, 0), 1f);
    assertThat(parameters.exponential(0)).isEqualTo(Integer.MAX_VALUE);
    for (int difference = 1; difference < 256; difference++) {
      assertThat(parameters.exponential(difference) * 0x1p-31)
          .isCloseTo(Math.exp(-0.1f * difference), within(2e-7));
    }
  }

  @Test
  void leavesOutWhatIsTooSmallToCount() {
    int[] table = SoftmaxParameters.of(new Quantization.PerTensor(1f, 0), 1f).toTable();
    assertThat(table[15]).isPositive();
    assertThat(table[16]).isZero();
    assertThat(table[255]).isZero();
  }

  @Property
  void staysWithinOneCodeOfTheRealSoftmax(
      @ForAll @Size(min = 1, max = 40) byte[] input,
      @ForAll @IntRange(min = -3000, max = 300) int decades) {
    float scale = (float) Math.pow(10, decades / 1000.0);
    byte[] output = new byte[input.length];
    SoftmaxParameters.of(new Quantization.PerTensor(scale, 0), 1f)
        .apply(input, output, 0, input.length);
    double sum = 0;
    for (byte code : input) {
      sum += Math.exp(scale * (double) code);
    }
    for (int i = 0; i < input.length; i++) {
      double expected = Math.min(Math.exp(scale * (double) input[i]) / sum * 256 - 128, 127);
      assertThat(output[i] - expected).isBetween(-1.0, 1.0);
    }
  }
}
