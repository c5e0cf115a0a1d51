// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class InverseSquareRootTest {
  @Property
  void agreesWithTheRealRoot(@ForAll @IntRange(min = 2) int x) {
    FixedPointMultiplier root = InverseSquareRoot.of(x);
    double real = Math.scalb((double) root.multiplier(), root.shift() - 31);
    assertThat(real).isCloseTo(1 / Math.sqrt(x), withinPercentage(2e-4));
  }

  @Test
  void countsZeroAsOne() {
    assertThat(InverseSquareRoot.of(0)).isEqualTo(InverseSquareRoot.of(1));
    assertThat(InverseSquareRoot.of(1).multiplier()).isEqualTo(Integer.MAX_VALUE);
  }
}
