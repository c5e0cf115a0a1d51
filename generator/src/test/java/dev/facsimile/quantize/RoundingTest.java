// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundingTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 1",
    "-0.5, -1",
    "1.5, 2",
    "2.5, 3",
    "-2.5, -3",
    "0.49999999999999994, 0",
    "-0.49999999999999994, 0",
    "4503599627370497.5, 4503599627370498",
    "1e300, 9223372036854775807",
    "-Infinity, -9223372036854775808",
    "NaN, 0"
  })
  void roundsHalvesAwayFromZero(double value, long expected) {
    assertThat(Rounding.halfAwayFromZero(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"Infinity, 127", "-Infinity, -128", "3.4e38, 127"})
  void keepsCodesOfHugeValuesOnTheirSideOfZero(double quotient, int expected) {
    assertThat(ActivationRange.FULL.clamp(Rounding.toCode(quotient, 5))).isEqualTo(expected);
  }
}
