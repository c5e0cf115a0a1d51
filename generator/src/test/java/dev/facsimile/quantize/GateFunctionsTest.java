// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** How far the 16-bit functions of gates are from the real ones, over all codes. */
final class GateFunctionsTest {
  private static final double ONE = 32768;

  @Test
  void logisticIsCloseEverywhere() {
    for (int x = Short.MIN_VALUE; x <= Short.MAX_VALUE; x++) {
      double real = 1 / (1 + Math.exp(-x / 4096.0));
      assertThat(GateFunctions.logistic(x) / ONE).isCloseTo(real, within(4e-4));
    }
  }

  @Test
  void tanhIsCloseEverywhereForEveryPlaceOfThePoint() {
    for (int bits = 0; bits <= 6; bits++) {
      for (int x = Short.MIN_VALUE; x <= Short.MAX_VALUE; x++) {
        double real = Math.tanh(Math.scalb((double) x, bits - 15));
        assertThat(GateFunctions.tanh(x, bits) / ONE).isCloseTo(real, within(6e-4));
      }
    }
  }

  @Test
  void tanhIsOdd() {
    for (int x = 1; x <= Short.MAX_VALUE; x++) {
      assertThat(GateFunctions.tanh(-x, 3)).isEqualTo(-GateFunctions.tanh(x, 3));
    }
  }
}
