// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.Graph;
import dev.facsimile.report.Diagnostic;
import java.util.List;
import java.util.Objects;

/**
 * A network read from a file.
 *
 * @param graph tensors of the file keep their index as {@link dev.facsimile.graph.TensorId}
 * @param warnings what the user must know about the import; empty for most files
 */
public record TfliteModel(Graph graph, List<Diagnostic> warnings) {
  public TfliteModel {
    Objects.requireNonNull(graph);
    warnings = List.copyOf(warnings);
  }
}
