// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import dev.facsimile.graph.DType;
import java.util.Locale;

/** What {@code --activations} may say. */
enum Activations {
  INT8(DType.INT8),
  INT16(DType.INT16);

  private final DType type;

  Activations(DType type) {
    this.type = type;
  }

  DType type() {
    return type;
  }

  /** As the user writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
