// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/**
 * Decision thresholds on int8 codes. A task answers yes where code &gt;= threshold; a threshold of
 * 128 always answers no, one of -128 always yes. A sweep over the histogram of codes costs 257
 * steps, whatever the number of examples.
 */
public final class ThresholdTuner {
  /** The threshold that no code reaches. */
  public static final int NEVER = 128;

  static final int ALWAYS = -128;

  /**
   * Half the width of the window that F1 is averaged over before its maximum counts, in standard
   * deviations of the codes: F1 is flat around its maximum, and where on the plateau the highest
   * point lies is chance.
   */
  private static final double SMOOTHING = 0.35;

  private final long[] positives = new long[256];
  private final long[] negatives = new long[256];
  private long totalPositives;
  private long total;

  /** Counts one labelled example. */
  public void add(int code, boolean positive) {
    (positive ? positives : negatives)[code - ALWAYS]++;
    totalPositives += positive ? 1 : 0;
    total++;
  }

  /** Labelled examples that are positive. */
  public long positives() {
    return totalPositives;
  }

  /** F1 of each threshold on the examples added; entry 0 is threshold -128, entry 256 is 128. */
  double[] f1OfAllThresholds() {
    double[] f1 = new double[257];
    long truePositives = 0;
    long falsePositives = 0;
    for (int entry = 255; entry >= 0; entry--) {
      truePositives += positives[entry];
      falsePositives += negatives[entry];
      long denominator = truePositives + falsePositives + totalPositives;
      f1[entry] = denominator == 0 ? 0 : 2.0 * truePositives / denominator;
    }
    return f1;
  }

  /** F1 of one threshold on the examples added. */
  public double f1(int threshold) {
    return f1OfAllThresholds()[threshold - ALWAYS];
  }

  /**
   * The threshold of largest F1; of equally good ones the nearest to {@code prior}, of two equally
   * near the lower. Not guarded against chance: {@link #tune} is.
   */
  public int best(int prior) {
    return nearestMaximum(f1OfAllThresholds(), prior);
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
    int best = nearestMaximum(f1, prior);
    if (best == prior) {
      return prior;
    }
    double gain = f1[best - ALWAYS] - f1[prior - ALWAYS];
    double chance = between(prior, best) / (4.0 * totalPositives * totalPositives);
    return (int) Math.round(prior + gain * gain / (gain * gain + chance) * (best - prior));
  }

  /** Examples that the two thresholds answer differently. */
  private long between(int a, int b) {
    long count = 0;
    for (int code = Math.min(a, b); code < Math.max(a, b); code++) {
      count += positives[code - ALWAYS] + negatives[code - ALWAYS];
    }
    return count;
  }

  /** Standard deviation of all codes. */
  private double deviation() {
    double sum = 0;
    double squares = 0;
    for (int entry = 0; entry < 256; entry++) {
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

  private static int nearestMaximum(double[] values, int prior) {
    int best = prior;
    double bestValue = values[prior - ALWAYS];
    for (int distance = 1; distance < values.length; distance++) {
      for (int threshold : new int[] {prior - distance, prior + distance}) {
        int entry = threshold - ALWAYS;
        if (entry >= 0 && entry < values.length && values[entry] > bestValue) {
          best = threshold;
          bestValue = values[entry];
        }
      }
    }
    return best;
  }

  /**
   * The threshold at which as many examples are answered yes as wanted; of equally good ones the
   * nearest to {@code prior}, then the lower.
   *
   * @param codes of all examples, labelled or not
   * @param wanted how many of them the float network answers yes
   */
  public static int matchPositives(int[] codes, long wanted, int prior) {
    long[] histogram = new long[256];
    for (int code : codes) {
      histogram[code - ALWAYS]++;
    }
    double[] closeness = new double[257];
    long answered = 0;
    closeness[256] = -Math.abs((double) wanted);
    for (int entry = 255; entry >= 0; entry--) {
      answered += histogram[entry];
      closeness[entry] = -Math.abs((double) (answered - wanted));
    }
    return nearestMaximum(closeness, prior);
  }
}
