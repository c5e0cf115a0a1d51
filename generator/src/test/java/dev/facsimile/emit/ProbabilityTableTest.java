// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Quantization;
import dev.facsimile.quantize.Codes;
import org.junit.jupiter.api.Test;

final class ProbabilityTableTest {
  private static final Quantization.PerTensor LOGIT = new Quantization.PerTensor(0.1f, 5);
  private static final Quantization.PerTensor UNIT = new Quantization.PerTensor(1f / 256, -128);

  @Test
  void aLogitOfZeroIsAProbabilityOfOneHalf() {
    assertThat(ProbabilityTable.q15(Codes.INT8, LOGIT, false)[128 + 5]).isEqualTo(16384);
    assertThat(ProbabilityTable.q15(Codes.INT8, LOGIT, false)).isSorted();
  }

  @Test
  void aProbabilityIsItself() {
    int[] table = ProbabilityTable.q15(Codes.INT8, UNIT, true);
    assertThat(table[0]).isZero();
    assertThat(table[255]).isEqualTo(255 * 128);
  }

  @Test
  void theThresholdIsTheFirstCodeThatReachesIt() {
    assertThat(ProbabilityTable.thresholdCode(Codes.INT8, 0.5, LOGIT, false)).isEqualTo(5);
    assertThat(ProbabilityTable.thresholdCode(Codes.INT8, 0.5, UNIT, true)).isZero();
    assertThat(ProbabilityTable.thresholdCode(Codes.INT8, 0.9999999, LOGIT, false)).isEqualTo(128);
  }
}
