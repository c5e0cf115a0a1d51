// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Some examples of a data set. */
public final class SelectedExamples implements Dataset {
  private final String name;
  private final Dataset all;
  private final int[] examples;

  private SelectedExamples(String name, Dataset all, int[] examples) {
    this.name = name;
    this.all = all;
    this.examples = examples;
  }

  /**
   * The examples of some folds.
   *
   * @param name of the selection
   * @throws FacsimileException DATASET_EMPTY where there are none
   */
  static Dataset ofFolds(String name, Dataset all, Set<Integer> folds) {
    int[] examples =
        IntStream.range(0, all.size())
            .filter(i -> all.fold(i).isPresent() && folds.contains(all.fold(i).getAsInt()))
            .toArray();
    if (examples.length == 0) {
      throw FacsimileException.error(
          DiagnosticCode.DATASET_EMPTY,
          new ModelLocation(-1, ModelLocation.printable(all.name()), ""),
          "no example is in the folds " + folds,
          "see docs/datasets.md for the folds of a data set");
    }
    return new SelectedExamples(name, all, examples);
  }

  /** At most {@code most} examples, evenly over the set, which is often sorted by person. */
  public static Dataset spread(Dataset all, int most) {
    if (all.size() <= most) {
      return all;
    }
    int[] examples =
        IntStream.range(0, most).map(i -> (int) ((long) i * all.size() / most)).toArray();
    return new SelectedExamples(most + " of " + all.name(), all, examples);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return examples.length;
  }

  @Override
  public boolean hasPixels() {
    return all.hasPixels();
  }

  @Override
  public byte[] pixels(int index) {
    return all.pixels(examples[index]);
  }

  @Override
  public List<float[]> tensors(int index) {
    return all.tensors(examples[index]);
  }

  @Override
  public Labels labels() {
    return all.labels().select(examples);
  }

  @Override
  public OptionalInt subject(int index) {
    return all.subject(examples[index]);
  }

  @Override
  public OptionalInt fold(int index) {
    return all.fold(examples[index]);
  }

  @Override
  public List<Diagnostic> warnings() {
    return all.warnings();
  }
}
