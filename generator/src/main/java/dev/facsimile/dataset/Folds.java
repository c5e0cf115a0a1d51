// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import java.util.List;

/** Subject-exclusive folds as the literature has them. */
final class Folds {
  private Folds() {}

  /** The fold, from 1, that has the subject; 0 where none has. */
  static int of(List<List<Integer>> folds, int subject) {
    for (int fold = 0; fold < folds.size(); fold++) {
      if (folds.get(fold).contains(subject)) {
        return fold + 1;
      }
    }
    return 0;
  }
}
