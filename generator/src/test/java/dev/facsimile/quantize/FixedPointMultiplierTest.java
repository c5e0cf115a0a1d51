// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class FixedPointMultiplierTest {
  @Test
  void splitsAFactorIntoFractionAndShift() {
    assertThat(FixedPointMultiplier.of(1)).isEqualTo(new FixedPointMultiplier(1 << 30, 1));
    assertThat(FixedPointMultiplier.of(0.75)).isEqualTo(new FixedPointMultiplier(3 << 29, 0));
    assertThat(FixedPointMultiplier.of(-0.5)).isEqualTo(new FixedPointMultiplier(-(1 << 30), 0));
    assertThat(FixedPointMultiplier.of(0)).isEqualTo(FixedPointMultiplier.ZERO);
  }

  @Test
  void carriesAFractionThatRoundsUpToOneIntoTheShift() {
    assertThat(FixedPointMultiplier.of(1 - 0x1p-40)).isEqualTo(FixedPointMultiplier.of(1));
  }

  @Test
  void flushesFactorsThatShiftEverythingOutToZero() {
    assertThat(FixedPointMultiplier.of(0x1p-33)).isEqualTo(FixedPointMultiplier.ZERO);
    assertThat(FixedPointMultiplier.of(Double.MIN_VALUE)).isEqualTo(FixedPointMultiplier.ZERO);
    assertThat(FixedPointMultiplier.of(0x1p-32)).isEqualTo(new FixedPointMultiplier(1 << 30, -31));
    assertThat(FixedPointMultiplier.of(0x1p-32 - 0x1p-80))
        .isEqualTo(new FixedPointMultiplier(1 << 30, -31));
  }

  @Test
  void refusesFactorsThatNoShiftReaches() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> FixedPointMultiplier.of(0x1p31));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> FixedPointMultiplier.of(Double.NaN));
  }

  @Test
  void roundsHalvesOfTheHighWordUpAndOfTheShiftAwayFromZero() {
    assertThat(FixedPointMultiplier.highMultiply(1, 1 << 30)).isEqualTo(1);
    assertThat(FixedPointMultiplier.highMultiply(-1, 1 << 30)).isEqualTo(0);
    assertThat(FixedPointMultiplier.divideByPowerOfTwo(3, 1)).isEqualTo(2);
    assertThat(FixedPointMultiplier.divideByPowerOfTwo(-3, 1)).isEqualTo(-2);
    assertThat(FixedPointMultiplier.divideByPowerOfTwo(5, 0)).isEqualTo(5);
    assertThat(FixedPointMultiplier.divideByPowerOfTwo(Integer.MAX_VALUE, 31)).isEqualTo(1);
    assertThat(FixedPointMultiplier.divideByPowerOfTwo(Integer.MIN_VALUE, 31)).isEqualTo(-1);
  }

  @Test
  void saturatesTheOneProductThatDoesNotFit() {
    assertThat(FixedPointMultiplier.highMultiply(Integer.MIN_VALUE, Integer.MIN_VALUE))
        .isEqualTo(Integer.MAX_VALUE);
  }

  /** The vectors that the C kernels are tested with too. */
  @Test
  void equalsTheSharedVectors() throws IOException {
    Path vectors = Path.of("..", "test-fixtures", "arith", "requantize.csv");
    List<String> lines = Files.readAllLines(vectors);
    for (String line : lines.subList(1, lines.size())) {
      int[] row = Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
      assertThat(FixedPointMultiplier.multiply(row[0], row[1], row[2])).as(line).isEqualTo(row[3]);
    }
  }

  /** The definition: 2ab plus a nudge of its sign, divided by 2^32 and truncated. */
  @Property
  void multipliesHighWordsAsGemmlowpDefinesThem(@ForAll int a, @ForAll int b) {
    BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    long nudge = product.signum() >= 0 ? 1L << 30 : 1 - (1L << 30);
    BigInteger expected =
        product.add(BigInteger.valueOf(nudge)).divide(BigInteger.ONE.shiftLeft(31));
    if (expected.bitLength() <= 31) {
      assertThat(FixedPointMultiplier.highMultiply(a, b)).isEqualTo(expected.intValueExact());
    }
  }

  @Property
  void dividesByPowersOfTwoHalfAwayFromZero(
      @ForAll int x, @ForAll @IntRange(max = 31) int exponent) {
    double exact = x / Math.scalb(1.0, exponent);
    assertThat(FixedPointMultiplier.divideByPowerOfTwo(x, exponent))
        .isEqualTo((int) Rounding.halfAwayFromZero(exact));
  }

  @Property
  void staysWithinOneOfTheRealProduct(
      @ForAll @IntRange(min = -(1 << 24), max = 1 << 24) int x,
      @ForAll @IntRange(min = -9000, max = 1700) int decades) {
    double factor = Math.pow(10, decades / 1000.0);
    double exact = x * factor;
    assertThat(FixedPointMultiplier.of(factor).apply(x) - exact)
        .isBetween(-1.0 - 1e-9 * Math.abs(exact), 1.0 + 1e-9 * Math.abs(exact));
  }
}
