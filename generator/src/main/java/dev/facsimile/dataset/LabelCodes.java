// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Task;
import java.util.Optional;

/**
 * What a number in a label file means. Missing is written as NaN, -1 or, where 9 is no value of the
 * task, 9: the code of DISFA and BP4D for a frame that nobody could code.
 */
final class LabelCodes {
  /** DISFA and BP4D: nobody could code this. */
  static final int UNCODED = 9;

  private LabelCodes() {}

  /** The label, NaN where it is missing; empty where the number means nothing for this task. */
  static Optional<Float> decode(Task task, double value) {
    if (Double.isNaN(value)) {
      return missing();
    }
    return switch (task.kind()) {
      case OCCURRENCE ->
          value == -1 || value == UNCODED
              ? missing()
              : value == 0 || value == 1 ? Optional.of((float) value) : Optional.empty();
      case CLASSES ->
          value == -1
              ? missing()
              : value >= 0 && value < classes(task) && value == Math.rint(value)
                  ? Optional.of((float) value)
                  : Optional.empty();
      case INTENSITY ->
          value == -1 || (value == UNCODED && task.rangeMax() < UNCODED)
              ? missing()
              : Double.isFinite(value) ? Optional.of((float) value) : Optional.empty();
      case REGRESSION -> Double.isFinite(value) ? Optional.of((float) value) : Optional.empty();
    };
  }

  /** A task of one channel reads the index of a class, of however many there are. */
  private static int classes(Task task) {
    return task.channels() == 1 ? Integer.MAX_VALUE : task.channels();
  }

  private static Optional<Float> missing() {
    return Optional.of((float) Labels.MISSING);
  }

  /** The values a task may have, for messages. */
  static String allowed(Task task) {
    return switch (task.kind()) {
      case OCCURRENCE -> "0, 1, or -1 or 9 where it is missing";
      case CLASSES -> "0 to " + (classes(task) - 1) + ", or -1 where it is missing";
      case INTENSITY -> "a number, or -1 where it is missing";
      case REGRESSION -> "a number, or nan where it is missing";
    };
  }
}
