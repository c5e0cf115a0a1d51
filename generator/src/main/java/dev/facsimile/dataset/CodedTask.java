// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task that its name makes an Action Unit: AU06, au6, AU12_intensity.
 *
 * @param au number of the Action Unit
 */
record CodedTask(Task task, int au) {
  private static final Pattern NAME = Pattern.compile("(?i)au0*([0-9]{1,2})(?:[^0-9].*)?");

  static List<CodedTask> of(List<Task> tasks) {
    List<CodedTask> coded = new ArrayList<>();
    for (Task task : tasks) {
      Matcher matcher = NAME.matcher(task.name());
      boolean graded = task.kind() == Task.Kind.OCCURRENCE || task.kind() == Task.Kind.INTENSITY;
      if (graded && matcher.matches()) {
        coded.add(new CodedTask(task, Integer.parseInt(matcher.group(1))));
      }
    }
    return coded;
  }

  /** The label that an intensity of 0 to 5 is for this task; present from 2 on. */
  Optional<Float> ofIntensity(int intensity) {
    if (intensity == LabelCodes.UNCODED) {
      return Optional.of((float) Labels.MISSING);
    }
    if (intensity < 0 || intensity > 5) {
      return Optional.empty();
    }
    boolean occurrence = task.kind() == Task.Kind.OCCURRENCE;
    return Optional.of(occurrence ? (intensity >= 2 ? 1f : 0f) : (float) intensity);
  }
}
