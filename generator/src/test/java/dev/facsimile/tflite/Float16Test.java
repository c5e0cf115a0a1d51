// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class Float16Test {
  @Test
  void everyFiniteValueIsSignTimesFractionTimesPowerOfTwo() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      if (exponent < 0x1f) {
        double magnitude =
            exponent == 0
                ? fraction * Math.pow(2, -24)
                : (1024 + fraction) * Math.pow(2, exponent - 25);
        double expected = bits >> 15 == 0 ? magnitude : -magnitude;
        assertThat(Float16.toFloat((short) bits)).isEqualTo((float) expected);
      }
    }
  }

  @Test
  void infinitiesAndNotANumberStayWhatTheyAre() {
    assertThat(Float16.toFloat((short) 0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Float16.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Float16.toFloat((short) 0x7e01)).isNaN();
    assertThat(Float.floatToRawIntBits(Float16.toFloat((short) 0x8000))).isEqualTo(1 << 31);
  }
}
