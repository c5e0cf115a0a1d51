// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.dataset.Dataset;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which subjects belong to which fold. A person belongs to one: folds are subject-exclusive. */
final class FoldedSubjects {
  static final FoldedSubjects NONE = new FoldedSubjects(new TreeMap<>(), 0);

  private final SortedMap<Integer, Integer> foldOfSubject;
  private final int subjects;

  private FoldedSubjects(SortedMap<Integer, Integer> foldOfSubject, int subjects) {
    this.foldOfSubject = foldOfSubject;
    this.subjects = subjects;
  }

  /**
   * @throws FacsimileException DATASET_INVALID where examples have no fold, or a person has two
   */
  static FoldedSubjects of(Dataset dataset, Subjects subjects) {
    TreeMap<Integer, Integer> folds = new TreeMap<>();
    for (int i = 0; i < dataset.size(); i++) {
      OptionalInt fold = dataset.fold(i);
      if (fold.isEmpty()) {
        throw invalid(dataset, "not every example has a fold", "see docs/datasets.md");
      }
      Integer before = folds.put(subjects.of(i), fold.getAsInt());
      if (before != null && before != fold.getAsInt()) {
        throw invalid(
            dataset,
            "one person is in folds %d and %d".formatted(before, fold.getAsInt()),
            "give each person one fold");
      }
    }
    return new FoldedSubjects(folds, subjects.count());
  }

  private static FacsimileException invalid(Dataset dataset, String message, String hint) {
    return FacsimileException.error(
        DiagnosticCode.DATASET_INVALID,
        new ModelLocation(-1, ModelLocation.printable(dataset.name()), ""),
        message,
        hint);
  }

  /** The folds there are, ascending. */
  SortedSet<Integer> numbers() {
    return new TreeSet<>(foldOfSubject.values());
  }

  /** 1 for the subjects of the fold, 0 for all others. */
  int[] times(int fold) {
    int[] times = new int[subjects];
    foldOfSubject.forEach((subject, of) -> times[subject] = of == fold ? 1 : 0);
    return times;
  }
}
