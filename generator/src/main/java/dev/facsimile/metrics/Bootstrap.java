// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Resamples subjects with replacement. Frames of one person resemble each other, so drawing frames
 * would promise far too narrow intervals. The same replicates serve all metrics: differences
 * between networks are paired.
 *
 * @param subjects how many there are, at least 1
 * @param replicates how often as many subjects are drawn
 * @param seed equal seeds give equal draws, whatever the number of threads
 */
public record Bootstrap(int subjects, int replicates, long seed) {
  public Bootstrap {
    if (subjects < 1 || replicates < 0) {
      throw new IllegalArgumentException(subjects + " subjects, " + replicates + " replicates");
    }
  }

  /** How often each subject is counted where all are, once. */
  public int[] everyone() {
    int[] times = new int[subjects];
    Arrays.fill(times, 1);
    return times;
  }

  /** How often each subject was drawn in a replicate. */
  int[] draw(int replicate) {
    // Seeds that follow each other would give the same stream, shifted: hash them first.
    SplittableRandom random =
        new SplittableRandom(new SplittableRandom(seed + replicate).nextLong());
    int[] times = new int[subjects];
    for (int i = 0; i < subjects; i++) {
      times[random.nextInt(subjects)]++;
    }
    return times;
  }

  /**
   * Every metric on every replicate, by metric, computed on all processors.
   *
   * @param done hears how many replicates are finished; called from several threads, never twice at
   *     once
   */
  public double[][] of(List<SubjectMetric> metrics, IntConsumer done) {
    double[][] results = new double[metrics.size()][replicates];
    Finished finished = new Finished(done);
    IntStream.range(0, replicates)
        .parallel()
        .forEach(
            replicate -> {
              int[] times = draw(replicate);
              for (int m = 0; m < results.length; m++) {
                results[m][replicate] = metrics.get(m).of(times);
              }
              finished.another();
            });
    return results;
  }

  /** Counts across threads, and tells the counts in their order. */
  private static final class Finished {
    private final IntConsumer done;
    private int count;

    Finished(IntConsumer done) {
      this.done = done;
    }

    synchronized void another() {
      count++;
      done.accept(count);
    }
  }

  /**
   * Two-sided p-value of "no difference" from replicates of a difference: twice the smaller share
   * on either side of 0, one added to both counts so that no finite number of draws claims
   * certainty. Replicates that are not numbers are left out.
   *
   * @return at most 1; not a number without replicates
   */
  public static double pValue(double[] differences) {
    long all = Arrays.stream(differences).filter(difference -> !Double.isNaN(difference)).count();
    long below = Arrays.stream(differences).filter(difference -> difference <= 0).count();
    long above = Arrays.stream(differences).filter(difference -> difference >= 0).count();
    return all == 0 ? Double.NaN : Math.min(1, 2.0 * (1 + Math.min(below, above)) / (1 + all));
  }
}
