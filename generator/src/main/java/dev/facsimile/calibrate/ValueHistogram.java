// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

/**
 * What values a tensor took, in bounded memory: 8192 bins around zero whose width is a power of two
 * and doubles when a value falls outside. Bins nest, so the result depends neither on the order of
 * the values nor on how they were spread over threads.
 */
final class ValueHistogram {
  private static final int HALF = 4096;
  private static final int FINEST_EXPONENT = -60;

  private final long[] bins = new long[2 * HALF];
  private int exponent = FINEST_EXPONENT;
  private double perBin = Math.scalb(1.0, -FINEST_EXPONENT);
  private long count;
  private long zeros;
  private long notFinite;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(float[] values) {
    for (float value : values) {
      add(value);
    }
  }

  private void add(float value) {
    if (!Float.isFinite(value)) {
      notFinite++;
      return;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
    if (value == 0) {
      zeros++;
      return;
    }
    int bin = (int) Math.floor(value * perBin);
    // The conversion saturates, so the comparison also catches what no int can hold.
    while (bin >= HALF || bin < -HALF) {
      coarsen();
      bin = (int) Math.floor(value * perBin);
    }
    bins[bin + HALF]++;
  }

  private void coarsen() {
    long[] merged = new long[bins.length];
    for (int i = 0; i < bins.length; i++) {
      merged[Math.floorDiv(i - HALF, 2) + HALF] += bins[i];
    }
    System.arraycopy(merged, 0, bins, 0, bins.length);
    exponent++;
    perBin = Math.scalb(1.0, -exponent);
  }

  /** Adds the other's values; the other may become coarser. */
  void merge(ValueHistogram other) {
    while (exponent < other.exponent) {
      coarsen();
    }
    while (other.exponent < exponent) {
      other.coarsen();
    }
    for (int i = 0; i < bins.length; i++) {
      bins[i] += other.bins[i];
    }
    count += other.count;
    zeros += other.zeros;
    notFinite += other.notFinite;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  /** Finite values seen. */
  long count() {
    return count;
  }

  /** Values that were exactly 0, which every quantization expresses without error. */
  long zeros() {
    return zeros;
  }

  /** Values that were infinite or not a number. */
  long notFinite() {
    return notFinite;
  }

  /** The smallest value; 0 where there was none. */
  double min() {
    return count == 0 ? 0 : min;
  }

  /** The largest value; 0 where there was none. */
  double max() {
    return count == 0 ? 0 : max;
  }

  /**
   * A value that the given share of all values does not exceed: the upper edge of a bin, or the
   * maximum.
   *
   * @param share in [0, 1]
   */
  double quantile(double share) {
    long wanted = (long) Math.ceil(share * count);
    long seen = 0;
    for (int i = 0; i < bins.length; i++) {
      if (i == HALF) {
        seen += zeros;
        if (seen >= wanted && seen > 0) {
          return Math.max(min(), Math.min(max(), 0));
        }
      }
      seen += bins[i];
      if (bins[i] > 0 && seen >= wanted) {
        return Math.max(min(), Math.min(max(), edge(i + 1)));
      }
    }
    return max();
  }

  int bins() {
    return bins.length;
  }

  long countOf(int bin) {
    return bins[bin];
  }

  double centre(int bin) {
    return edge(bin) + Math.scalb(0.5, exponent);
  }

  private double edge(int bin) {
    return Math.scalb((double) (bin - HALF), exponent);
  }
}
