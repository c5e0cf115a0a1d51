// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Dataset;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Whose each example of a data set is, as numbers from 0. Where the set does not say it for every
 * example, each example stands for itself, and intervals are as narrow as if no person came twice.
 */
final class Subjects {
  private final int[] ofExamples;
  private final int count;
  private final boolean known;

  private Subjects(int[] ofExamples, int count, boolean known) {
    this.ofExamples = ofExamples;
    this.count = count;
    this.known = known;
  }

  static Subjects of(Dataset dataset) {
    TreeMap<Integer, Integer> numbers = new TreeMap<>();
    int[] subjects = new int[dataset.size()];
    for (int i = 0; i < subjects.length; i++) {
      OptionalInt subject = dataset.subject(i);
      if (subject.isEmpty()) {
        return unknown(subjects.length);
      }
      subjects[i] = numbers.computeIfAbsent(subject.getAsInt(), key -> numbers.size());
    }
    return new Subjects(subjects, numbers.size(), true);
  }

  private static Subjects unknown(int examples) {
    int[] subjects = new int[examples];
    for (int i = 0; i < examples; i++) {
      subjects[i] = i;
    }
    return new Subjects(subjects, examples, false);
  }

  int of(int example) {
    return ofExamples[example];
  }

  int[] ofExamples() {
    return ofExamples.clone();
  }

  int count() {
    return count;
  }

  /** Whether these are people, not examples. */
  boolean known() {
    return known;
  }
}
