// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConstantValuesTest {

  @Test
  void scalesIntegersByTheirChannel() {
    Quantization scales = new Quantization.PerChannel(List.of(0.5f, 2f), 0);
    Tensor weights = int8(Shape.of(2, 2), scales, -1, 2, 3, -4);

    assertThat(ConstantValues.integers(weights)).containsExactly(-1, 2, 3, -4);
    assertThat(ConstantValues.reals(weights)).containsExactly(-0.5, 1, 6, -8);
  }

  @Test
  void subtractsTheZeroPoint() {
    Tensor tensor = int8(Shape.of(2), new Quantization.PerTensor(0.25f, -128), -128, 127);

    assertThat(ConstantValues.reals(tensor)).containsExactly(0, 63.75);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x3c00, 1",
    "0xc000, -2",
    "0x7bff, 65504",
    "0x0001, 5.9604645e-8",
    "0x03ff, 6.097555e-5",
    "0x3555, 0.33325195",
    "0x7c00, Infinity",
    "0xfc00, -Infinity"
  })
  void decodesHalfPrecision(String bits, float value) {
    assertThat(ConstantValues.float16((short) (int) Integer.decode(bits))).isEqualTo(value);
  }

  @Test
  void decodesNotANumber() {
    assertThat(ConstantValues.float16((short) 0x7e00)).isNaN();
  }

  private static Tensor int8(Shape shape, Quantization quantization, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new Tensor(
        new TensorId(0),
        "t",
        shape,
        DType.INT8,
        Optional.of(quantization),
        Optional.of(ConstantBytes.of(bytes)),
        -1);
  }
}
