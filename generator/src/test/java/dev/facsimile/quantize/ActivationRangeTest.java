// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ActivationRangeTest {
  private static final Tensor TENTH = tensor(DType.INT8, 0.1f, -100);

  private static Tensor tensor(DType type, float scale, int zeroPoint) {
    return Tensor.activation(new TensorId(0), "t", Shape.of(1), type)
        .withType(type, new Quantization.PerTensor(scale, zeroPoint));
  }

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

  @Test
  void isAsWideAsTheType() {
    Tensor wide = tensor(DType.INT16, 1e-3f, 0);
    assertThat(ActivationRange.of(Activation.NONE, wide))
        .isEqualTo(new ActivationRange(Short.MIN_VALUE, Short.MAX_VALUE));
    assertThat(ActivationRange.of(Activation.RELU6, wide)).isEqualTo(new ActivationRange(0, 6000));
  }

  @Property
  void isNeverEmptyAndHoldsRealZero(
      @ForAll Activation activation,
      @ForAll @IntRange(min = -44, max = 38) int decades,
      @ForAll @IntRange(min = -128, max = 127) int zeroPoint) {
    float scale = (float) Math.pow(10, decades);
    ActivationRange range = ActivationRange.of(activation, tensor(DType.INT8, scale, zeroPoint));
    assertThat(range.clamp(zeroPoint)).isEqualTo(zeroPoint);
  }
}
