// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.quantize.Codes;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ThresholdTunerTest {

  /** F1 by its definition, one pass over the examples for each threshold. */
  private static double f1(List<Byte> codes, int threshold) {
    int tp = 0;
    int wrong = 0;
    for (int i = 0; i < codes.size(); i++) {
      boolean positive = isPositive(codes, i);
      boolean answer = codes.get(i) >= threshold;
      tp += positive && answer ? 1 : 0;
      wrong += positive == answer ? 0 : 1;
    }
    return tp == 0 ? 0 : 2.0 * tp / (2.0 * tp + wrong);
  }

  private static boolean isPositive(List<Byte> codes, int example) {
    return (codes.get(example) * 31 + example) % 3 == 0;
  }

  private static ThresholdTuner tuner(List<Byte> codes) {
    ThresholdTuner tuner = new ThresholdTuner();
    for (int i = 0; i < codes.size(); i++) {
      tuner.add(codes.get(i), isPositive(codes, i));
    }
    return tuner;
  }

  @Property
  void sweepEqualsBruteForceOverAllCutPoints(
      @ForAll @Size(max = 60) List<Byte> codes,
      @ForAll @IntRange(min = -128, max = 128) int prior) {
    ThresholdTuner tuner = tuner(codes);
    double best = 0;
    for (int threshold = -128; threshold <= 128; threshold++) {
      double expected = f1(codes, threshold);
      assertThat(tuner.f1(threshold)).isEqualTo(expected);
      best = Math.max(best, expected);
    }
    int chosen = tuner.best(prior);
    assertThat(f1(codes, chosen)).isEqualTo(best);
    for (int nearer = -128; nearer <= 128; nearer++) {
      if (Math.abs(nearer - prior) < Math.abs(chosen - prior)) {
        assertThat(f1(codes, nearer)).isLessThan(best);
      }
    }
  }

  @Property
  void matchesThePositivesAsWellAsAnyThresholdCan(
      @ForAll @Size(min = 1, max = 60) List<Byte> codes,
      @ForAll @IntRange(min = 0, max = 60) int wanted) {
    int[] all = codes.stream().mapToInt(Byte::intValue).toArray();
    int chosen = ThresholdTuner.matchPositives(Codes.INT8, all, wanted, 0);
    long miss = Math.abs(codes.stream().filter(code -> code >= chosen).count() - wanted);
    for (int threshold = -128; threshold <= 128; threshold++) {
      int tried = threshold;
      assertThat(Math.abs(codes.stream().filter(code -> code >= tried).count() - wanted))
          .isGreaterThanOrEqualTo(miss);
    }
  }

  @Test
  void keepsThePriorWithoutBothClasses() {
    ThresholdTuner tuner = new ThresholdTuner();
    assertThat(tuner.tune(7)).isEqualTo(7);
    tuner.add(3, true);
    assertThat(tuner.tune(7)).isEqualTo(7);
    assertThat(tuner.f1(ThresholdTuner.NEVER)).isZero();
    assertThat(tuner.f1(ThresholdTuner.ALWAYS)).isEqualTo(1);
  }

  @Test
  void goesWhereMuchIsToBeGained() {
    assertThat(separated(20).tune(-60)).isBetween(-20, 10);
    assertThat(separated(2000).tune(-60)).isBetween(-10, 10);
  }

  @Test
  void movesFurtherOnMoreExamplesForTheSameGain() {
    int few = Math.abs(separated(10).tune(-15) + 15);
    int many = Math.abs(separated(5000).tune(-15) + 15);
    assertThat(few).isLessThan(many);
    assertThat(many).isGreaterThan(8);
  }

  @Test
  void staysWithinItsCodes() {
    ThresholdTuner tuner = new ThresholdTuner();
    tuner.add(-128, true);
    tuner.add(-128, false);
    assertThat(tuner.tune(ThresholdTuner.NEVER)).isBetween(-128, 128);
    assertThat(tuner.tune(ThresholdTuner.ALWAYS)).isEqualTo(-128);
  }

  @Test
  void findsThresholdsAmongInt16Codes() {
    ThresholdTuner tuner = new ThresholdTuner(Codes.INT16);
    Random random = new Random(1);
    int[] codes = new int[4000];
    for (int i = 0; i < codes.length; i++) {
      boolean positive = i % 2 == 0;
      double code = (positive ? 9000 : 1000) + 2000 * random.nextGaussian();
      codes[i] = (int) Math.round(code);
      tuner.add(codes[i], positive);
    }
    assertThat(tuner.tune(-20_000)).isBetween(4500, 5500);
    assertThat(tuner.tune(32_768)).isBetween(4500, 5500);
    assertThat(tuner.f1(32_768)).isZero();
    int matched = ThresholdTuner.matchPositives(Codes.INT16, codes, 1000, 0);
    long answered = IntStream.of(codes).filter(code -> code >= matched).count();
    assertThat(answered).isBetween(990L, 1010L);
  }

  /** Negatives around -30, positives around 30: the best threshold is near 0. */
  private static ThresholdTuner separated(int count) {
    ThresholdTuner tuner = new ThresholdTuner();
    Random random = new Random(1);
    for (int i = 0; i < 2 * count; i++) {
      boolean positive = i % 2 == 0;
      double code = (positive ? 30 : -30) + 12 * random.nextGaussian();
      tuner.add((int) Math.max(-128, Math.min(127, Math.round(code))), positive);
    }
    return tuner;
  }
}
