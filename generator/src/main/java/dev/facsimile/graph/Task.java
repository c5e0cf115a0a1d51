// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.Objects;

/**
 * What some channels of one output mean.
 *
 * @param name the user's name, AU12; unique in the network
 * @param output name of the output {@link Port}
 * @param channel first channel (index along the innermost axis)
 * @param channels how many channels belong to the task: 1 but for {@link Kind#CLASSES} and vector
 *     regressions; 1 for classes whose output {@linkplain Tensor#isIndex() is an index}
 * @param threshold decision threshold as a probability, for {@link Kind#OCCURRENCE}
 * @param weight importance among the tasks, relative
 * @param tolerance loss of the task's metric the user accepts (AUC for occurrence)
 * @param rangeMin smallest value of an intensity, else 0
 * @param rangeMax largest value of an intensity, else 0
 */
public record Task(
    String name,
    String output,
    int channel,
    int channels,
    Kind kind,
    double threshold,
    double weight,
    double tolerance,
    double rangeMin,
    double rangeMax) {

  /** What a task's channels hold. */
  public enum Kind {
    /** One channel: a logit or a probability that something is present. */
    OCCURRENCE,
    /** One channel: a graded value in a known range. */
    INTENSITY,
    /** Several channels of which the largest wins, or the index of the one that won. */
    CLASSES,
    /** Any real values. */
    REGRESSION
  }

  public Task {
    Objects.requireNonNull(name);
    Objects.requireNonNull(output);
    Objects.requireNonNull(kind);
    if (channel < 0 || channels < 1) {
      throw new IllegalArgumentException("channel must be >= 0 and channels >= 1");
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException("threshold must lie between 0 and 1 but was " + threshold);
    }
    if (!(weight > 0) || !(tolerance >= 0)) {
      throw new IllegalArgumentException("weight must be > 0 and tolerance >= 0");
    }
  }

  /** The same task on other channels, of another output perhaps. */
  public Task withPlace(String newOutput, int newChannel) {
    return new Task(
        name,
        newOutput,
        newChannel,
        channels,
        kind,
        threshold,
        weight,
        tolerance,
        rangeMin,
        rangeMax);
  }
}
