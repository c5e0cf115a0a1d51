// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorFunctionTest {

  /** Values of the GNU C library's erfc. */
  @ParameterizedTest
  @CsvSource({
    "0, 1.0",
    "0.001, 0.9988716212090307",
    "0.1, 0.8875370839817152",
    "0.5, 0.4795001221869535",
    "1, 0.15729920705028513",
    "1.7, 0.016209541409225436",
    "2.4, 0.0006885138966450789",
    "2.499, 0.0004091357557446054",
    "2.501, 0.00040477917058370907",
    "3, 2.2090496998585438e-05",
    "4.5, 1.9661604415428873e-10",
    "6, 2.1519736712498916e-17",
    "10, 2.088487583762545e-45",
    "-0.3, 1.3286267594591274",
    "-2, 1.9953222650189528",
    "-5, 1.9999999999984626"
  })
  void agreesWithTheCLibrary(double x, double expected) {
    assertThat(ErrorFunction.complement(x)).isCloseTo(expected, withinPercentage(1e-9));
  }

  @Test
  void endsWhereDoublesEnd() {
    assertThat(ErrorFunction.complement(Double.POSITIVE_INFINITY)).isZero();
    assertThat(ErrorFunction.complement(Double.NEGATIVE_INFINITY)).isEqualTo(2);
    assertThat(ErrorFunction.complement(Double.NaN)).isNaN();
  }
}
