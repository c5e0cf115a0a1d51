// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AffineMappingTest {
  @Test
  void roundsHalvesAwayFromZeroBeforeTheZeroPointIsAdded() {
    Tensor half = tensor(DType.INT8, 1f, 3);
    assertThat(AffineMapping.quantize(new float[] {0.5f, -0.5f, 1.5f, -1.5f}, half))
        .containsExactly(4, 2, 5, 1);
  }

  @Test
  void saturates() {
    Tensor unit = tensor(DType.INT8, 1f, 0);
    assertThat(
            AffineMapping.quantize(
                new float[] {1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NaN}, unit))
        .containsExactly(127, -128, 127, 0);
  }

  @Test
  void holdsWiderCodesAsTheyLieInMemory() {
    Tensor wide = tensor(DType.INT16, 0.5f, 0);
    byte[] memory = AffineMapping.quantize(new float[] {1f, -0.5f, 1e9f, -1e9f}, wide);
    assertThat(memory).containsExactly(2, 0, -1, -1, -1, 127, 0, -128);
    assertThat(AffineMapping.dequantize(memory, wide))
        .containsExactly(1f, -0.5f, 16383.5f, -16384f);
  }

  private static Tensor tensor(DType type, float scale, int zeroPoint) {
    return Tensor.activation(new TensorId(0), "t", Shape.of(4), type)
        .withType(type, new Quantization.PerTensor(scale, zeroPoint));
  }

  @Property
  void findsTheCodeOfEveryCodesValue(
      @ForAll byte code,
      @ForAll @IntRange(min = -30000, max = 30000) int decades,
      @ForAll @IntRange(min = -128, max = 127) int zeroPoint) {
    float scale = (float) Math.pow(10, decades / 1000.0);
    Quantization.PerTensor quantization = new Quantization.PerTensor(scale, zeroPoint);
    float real = AffineMapping.dequantize(code, quantization);
    assertThat(AffineMapping.quantize(real, quantization)).isEqualTo(code);
  }
}
