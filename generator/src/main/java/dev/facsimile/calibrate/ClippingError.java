// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.quantize.ValueRange;

/**
 * The mean squared error that a range would cause on observed values: rounding error step^2 / 12
 * for what lies inside (exact zeros have none), the squared distance for what is clipped. Sums over
 * a tail come from prefix sums, so that one range costs no more than another.
 */
final class ClippingError {
  private static final int STEPS = 100;
  private static final int ROUNDS = 3;

  private final ValueHistogram histogram;
  private final double[] counts;
  private final double[] sums;
  private final double[] squares;

  ClippingError(ValueHistogram histogram) {
    this.histogram = histogram;
    int bins = histogram.bins();
    counts = new double[bins + 1];
    sums = new double[bins + 1];
    squares = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      double count = histogram.countOf(i);
      double value = histogram.centre(i);
      counts[i + 1] = counts[i] + count;
      sums[i + 1] = sums[i] + count * value;
      squares[i + 1] = squares[i] + count * value * value;
    }
  }

  /** Mean squared error of the range. */
  double of(ValueRange range) {
    int bins = histogram.bins();
    int low = firstAbove(range.min());
    int high = firstAbove(range.max());
    double step = range.width() / 255;
    double inside = (counts[high] - counts[low]) * step * step / 12;
    double below = tail(0, low, range.min());
    double above = tail(high, bins, range.max());
    return (inside + below + above) / Math.max(1, histogram.count());
  }

  /** Sum of count * (value - bound)^2 over the bins. */
  private double tail(int from, int to, double bound) {
    double count = counts[to] - counts[from];
    double sum = sums[to] - sums[from];
    double square = squares[to] - squares[from];
    return Math.max(0, square - 2 * bound * sum + bound * bound * count);
  }

  /** The first bin whose centre lies above the value. */
  private int firstAbove(double value) {
    int low = 0;
    int high = histogram.bins();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (histogram.centre(middle) > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The range of smallest error: each end in turn, in hundredths of its observed extent. */
  ValueRange smallest() {
    ValueRange full = ValueRange.of(histogram.min(), histogram.max());
    ValueRange best = full;
    for (int round = 0; round < ROUNDS; round++) {
      ValueRange before = best;
      for (int i = 1; i <= STEPS; i++) {
        best = better(best, new ValueRange(best.min(), full.max() * i / STEPS));
      }
      for (int i = 1; i <= STEPS; i++) {
        best = better(best, new ValueRange(full.min() * i / STEPS, best.max()));
      }
      if (best.equals(before)) {
        break;
      }
    }
    return best;
  }

  private ValueRange better(ValueRange a, ValueRange b) {
    return of(b) < of(a) ? b : a;
  }
}
