// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.calibrate;

import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.TensorId;
import java.util.List;

/**
 * The scale of some tensors.
 *
 * @param tensors that share it, in the order of computation
 * @param name of the first of them in the model file; hostile text
 * @param origin where the range comes from, as in {@link RangeCandidate}
 * @param min smallest value seen on the calibration set
 * @param max largest value seen
 * @param tasks names of the tasks that read any of the tensors, in the network's order
 */
public record TensorCalibration(
    List<TensorId> tensors,
    String name,
    String origin,
    Quantization.PerTensor quantization,
    double min,
    double max,
    List<String> tasks) {
  public TensorCalibration {
    tensors = List.copyOf(tensors);
    tasks = List.copyOf(tasks);
  }
}
