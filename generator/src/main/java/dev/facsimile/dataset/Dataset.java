// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.report.Diagnostic;
import java.util.List;
import java.util.OptionalInt;

/**
 * Inputs for one network, in a fixed order, with what is known about them. Implementations are
 * immutable: several threads may read different examples at once.
 */
public interface Dataset {
  /** Where the examples come from, for people: a file name without folders, or a description. */
  String name();

  /** Number of examples, at least 1. */
  int size();

  /** Whether the examples are 8-bit images, so that {@link #pixels} may be called. */
  boolean hasPixels();

  /**
   * The pixels of example {@code index}, height x width x channels as {@code tasks.yaml} says, one
   * unsigned byte a channel. The array is the caller's.
   *
   * @throws UnsupportedOperationException where {@link #hasPixels()} is false
   */
  byte[] pixels(int index);

  /**
   * The example as the float network takes it: one row-major array for each input port, in the
   * order of the ports. Pixels arrive here as (pixel - mean) / std. The arrays are the caller's.
   */
  List<float[]> tensors(int index);

  /** The labels that came with the examples; {@link Labels#NONE} where none did. */
  Labels labels();

  /**
   * Who is on example {@code index}, where known: metrics are compared across people, not frames.
   */
  OptionalInt subject(int index);

  /** The subject-exclusive fold of example {@code index}, from 1, where the set has folds. */
  default OptionalInt fold(int index) {
    return OptionalInt.empty();
  }

  /** What was wrong with the set but could be left out; counted, one for each kind. */
  default List<Diagnostic> warnings() {
    return List.of();
  }
}
