// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Quantization;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ActivationRangeTest {
  private static final Quantization.PerTensor TENTH = new Quantization.PerTensor(0.1f, -100);

  @Test
  void isAllOfInt8WithoutActivation() {
    assertThat(ActivationRange.of(Activation.NONE, TENTH)).isEqualTo(ActivationRange.FULL);
  }

  @Test
  void beginsAtTheZeroPointForRelu() {
    assertThat(ActivationRange.of(Activation.RELU, TENTH))
        .isEqualTo(new ActivationRange(-100, 127));
  }

  @Test
  void endsAtTheCodeOfTheUpperBound() {
    assertThat(ActivationRange.of(Activation.RELU6, TENTH))
        .isEqualTo(new ActivationRange(-100, -40));
    assertThat(ActivationRange.of(Activation.RELU_N1_TO_1, TENTH))
        .isEqualTo(new ActivationRange(-110, -90));
  }

  @Property
  void isNeverEmptyAndHoldsRealZero(
      @ForAll Activation activation,
      @ForAll @IntRange(min = -44, max = 38) int decades,
      @ForAll @IntRange(min = -128, max = 127) int zeroPoint) {
    float scale = (float) Math.pow(10, decades);
    ActivationRange range =
        ActivationRange.of(activation, new Quantization.PerTensor(scale, zeroPoint));
    assertThat(range.clamp(zeroPoint)).isEqualTo(zeroPoint);
  }
}
