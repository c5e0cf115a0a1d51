// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.quantize.Codes;

/**
 * Decision thresholds on integer codes. A task answers yes where code &gt;= threshold; a threshold
 * of one more than the largest code always answers no, the smallest code always yes. Thresholds
 * that are tried are a step apart: every int8 code, every 16th int16 code. A sweep over the
 * histogram costs 257 or 4097 steps, whatever the number of examples.
 */
public final class ThresholdTuner {
  /** The threshold that no int8 code reaches. */
  public static final int NEVER = 128;

  static final int ALWAYS = -128;

  /**
   * Half the width of the window that F1 is averaged over before its maximum counts, in standard
   * deviations of the codes: F1 is flat around its maximum, and where on the plateau the highest
   * point lies is chance.
   */
  private static final double SMOOTHING = 0.35;

  private static final int WIDE_STEP = 16;

  private final Codes type;
  private final long[] positives;
  private final long[] negatives;
  private long totalPositives;
  private long total;

  /** Of int8 codes. */
  ThresholdTuner() {
    this(Codes.INT8);
  }

  /** Of int8 or int16 codes. */
  public ThresholdTuner(Codes type) {
    this.type = type;
    this.positives = new long[entries(type)];
    this.negatives = new long[entries(type)];
  }

  private static int step(Codes type) {
    return type == Codes.INT8 ? 1 : WIDE_STEP;
  }

  /** Thresholds that are tried, the one that answers no always left out. */
  private static int entries(Codes type) {
    return (type.max() - type.min() + 1) / step(type);
  }

  /** The threshold that is tried nearest to this one. */
  private static int entryOf(Codes type, int threshold) {
    return Math.round((threshold - type.min()) / (float) step(type));
  }

  private static int thresholdOf(Codes type, int entry) {
    return type.min() + entry * step(type);
  }

  /** Counts one labelled example. */
  public void add(int code, boolean positive) {
    (positive ? positives : negatives)[(code - type.min()) / step(type)]++;
    totalPositives += positive ? 1 : 0;
    total++;
  }

  /** Labelled examples that are positive. */
  public long positives() {
    return totalPositives;
  }

  /** F1 of each threshold on the examples added; of int8 entry 0 is -128, entry 256 is 128. */
  double[] f1OfAllThresholds() {
    double[] f1 = new double[positives.length + 1];
    long truePositives = 0;
    long falsePositives = 0;
    for (int entry = positives.length - 1; entry >= 0; entry--) {
      truePositives += positives[entry];
      falsePositives += negatives[entry];
      long denominator = truePositives + falsePositives + totalPositives;
      f1[entry] = denominator == 0 ? 0 : 2.0 * truePositives / denominator;
    }
    return f1;
  }

  /** F1 of one threshold, or of the nearest that is tried, on the examples added. */
  public double f1(int threshold) {
    return f1OfAllThresholds()[entryOf(type, threshold)];
  }

  /**
   * The threshold of largest F1; of equally good ones the nearest to {@code prior}, of two equally
   * near the lower. Not guarded against chance: {@link #tune} is.
   */
  public int best(int prior) {
    return nearestMaximum(f1OfAllThresholds(), type, prior);
  }

  /**
   * The threshold of largest smoothed F1, drawn towards {@code prior} as far as the gain may be
   * chance. Each of the k examples between the two thresholds changes F1 by about 1 / (2 P), P the
   * positives, so chance alone makes a difference of variance k / (4 P^2); of the way from the
   * prior to the maximum the share gain^2 / (gain^2 + variance) is taken. Without positives or
   * without negatives the prior itself.
   *
   * @param prior the threshold to believe in without labels
   */
  public int tune(int prior) {
    if (totalPositives == 0 || totalPositives == total) {
      return prior;
    }
    double[] f1 = smoothed(f1OfAllThresholds(), (int) Math.round(SMOOTHING * deviation()));
    int best = nearestMaximum(f1, type, prior);
    if (best == prior) {
      return prior;
    }
    double gain = f1[entryOf(type, best)] - f1[entryOf(type, prior)];
    double chance = between(prior, best) / (4.0 * totalPositives * totalPositives);
    return (int) Math.round(prior + gain * gain / (gain * gain + chance) * (best - prior));
  }

  /** Examples that the two thresholds answer differently. */
  private long between(int a, int b) {
    long count = 0;
    int end = entryOf(type, Math.max(a, b));
    for (int entry = entryOf(type, Math.min(a, b)); entry < end; entry++) {
      count += positives[entry] + negatives[entry];
    }
    return count;
  }

  /** Standard deviation of all codes, in steps. */
  private double deviation() {
    double sum = 0;
    double squares = 0;
    for (int entry = 0; entry < positives.length; entry++) {
      double count = positives[entry] + negatives[entry];
      sum += count * entry;
      squares += count * entry * entry;
    }
    double mean = sum / total;
    return Math.sqrt(Math.max(0, squares / total - mean * mean));
  }

  private static double[] smoothed(double[] values, int halfWidth) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - halfWidth);
      int to = Math.min(values.length - 1, i + halfWidth);
      for (int j = from; j <= to; j++) {
        result[i] += values[j] / (to - from + 1);
      }
    }
    return result;
  }

  private static int nearestMaximum(double[] values, Codes type, int prior) {
    int from = entryOf(type, prior);
    int best = from;
    for (int distance = 1; distance < values.length; distance++) {
      for (int entry : new int[] {from - distance, from + distance}) {
        if (entry >= 0 && entry < values.length && values[entry] > values[best]) {
          best = entry;
        }
      }
    }
    return best == from ? prior : thresholdOf(type, best);
  }

  /**
   * The threshold at which as many examples are answered yes as wanted; of equally good ones the
   * nearest to {@code prior}, then the lower.
   *
   * @param codes of all examples, labelled or not
   * @param wanted how many of them the float network answers yes
   */
  public static int matchPositives(Codes type, int[] codes, long wanted, int prior) {
    long[] histogram = new long[entries(type)];
    for (int code : codes) {
      histogram[(code - type.min()) / step(type)]++;
    }
    double[] closeness = new double[histogram.length + 1];
    long answered = 0;
    closeness[histogram.length] = -Math.abs((double) wanted);
    for (int entry = histogram.length - 1; entry >= 0; entry--) {
      answered += histogram[entry];
      closeness[entry] = -Math.abs((double) (answered - wanted));
    }
    return nearestMaximum(closeness, type, prior);
  }
}
