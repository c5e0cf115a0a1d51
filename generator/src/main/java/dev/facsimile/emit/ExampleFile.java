// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import dev.facsimile.graph.Task;
import dev.facsimile.quantize.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What templates/example/product.h.vm and decisions.c.vm print.
 *
 * @param prefix of functions: au12
 * @param macro prefix of constants: AU12
 * @param imageComment what an image of the example is
 * @param imageBytes its size
 * @param hasImage whether it is made of pixels; else it is the codes of all inputs
 * @param parts where the codes of each input lie in it
 * @param rows initialisers, one a task
 * @param outputs read where there are no tasks
 */
public record ExampleFile(
    String prefix,
    String macro,
    String imageComment,
    int imageBytes,
    boolean hasImage,
    List<Part> parts,
    List<String> rows,
    boolean hasOccurrences,
    boolean hasClasses,
    boolean hasValues,
    List<PortText> outputs) {
  /** An occurrence's band, as a difference of probabilities in 1/32768: a tenth. */
  static final int BAND_Q15 = 3277;

  private static final int ON_FRAMES = 2;
  private static final int OFF_FRAMES = 4;
  private static final int CLASS_FRAMES = 3;

  /**
   * The codes of one input.
   *
   * @param from of their first byte in the image
   */
  public record Part(String identifier, int from, int bytes) {}

  static ExampleFile of(NamedNetwork named, DescribeTasks tasks) {
    ImageText image = DescribeImage.of(named);
    boolean pixels = DescribeImage.isPresent(image) && named.inputs().size() == 1;
    List<Part> parts = parts(named.inputs());
    Part last = parts.get(parts.size() - 1);
    return new ExampleFile(
        named.prefix(),
        named.macro(),
        pixels
            ? "An image: %s rows of %s %s.".formatted(image.height(), image.width(), image.pixels())
            : "An image: the codes of every input, one after the other.",
        pixels ? image.bytes() : last.from() + last.bytes(),
        pixels,
        parts,
        rows(named, tasks),
        named.hasTask(Task.Kind.OCCURRENCE),
        named.hasTask(Task.Kind.CLASSES),
        named.hasTask(Task.Kind.INTENSITY, Task.Kind.REGRESSION),
        named.outputs());
  }

  public boolean hasTasks() {
    return !rows.isEmpty();
  }

  public int classFrames() {
    return CLASS_FRAMES;
  }

  public String bandText() {
    return "0.1";
  }

  private static List<Part> parts(List<PortText> inputs) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (PortText input : inputs) {
      parts.add(new Part(input.identifier(), from, input.bytes()));
      from += input.bytes();
    }
    return parts;
  }

  private static List<String> rows(NamedNetwork named, DescribeTasks tasks) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < named.tasks().size(); i++) {
      Task task = named.tasks().get(i);
      String name = named.taskName(i);
      rows.add(
          "{%s_%s, \"%s\", %s, %s, {%s}},"
              .formatted(
                  named.macro(), name, name, kind(task), task.channels(), rule(tasks, task)));
    }
    return rows;
  }

  private static String kind(Task task) {
    return switch (task.kind()) {
      case OCCURRENCE -> "TASK_OCCURRENCE";
      case CLASSES -> "TASK_CLASSES";
      case INTENSITY, REGRESSION -> "TASK_VALUES";
    };
  }

  private static String rule(DescribeTasks tasks, Task task) {
    return task.kind() == Task.Kind.OCCURRENCE
        ? band(tasks.codes(task), code -> tasks.probability(task, code), tasks.threshold(task))
            + ", "
            + ON_FRAMES
            + ", "
            + OFF_FRAMES
        : "0, 0, 0";
  }

  /**
   * Codes below the threshold that still count as present: those whose probability is less than a
   * tenth below the threshold's.
   *
   * @param q15 probability of a code
   * @param threshold smallest code that counts as present, one above the largest for never
   */
  static int band(Codes codes, IntUnaryOperator q15, int threshold) {
    if (threshold > codes.max()) {
      return 0;
    }
    int least = q15.applyAsInt(threshold) - BAND_Q15;
    int code = threshold;
    while (code > codes.min() && q15.applyAsInt(code - 1) > least) {
      code--;
    }
    return threshold - code;
  }
}
