// SPDX-License-Identifier: Apache-2.0
package dev.facsimile;

import dev.facsimile.calibrate.Calibration;
import dev.facsimile.calibrate.CodeThreshold;
import dev.facsimile.calibrate.Evaluation;
import dev.facsimile.calibrate.EvaluationOptions;
import dev.facsimile.calibrate.Progress;
import dev.facsimile.dataset.Dataset;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The integer network and how it came about.
 *
 * @param calibration empty for a network that arrived in integers
 * @param thresholds smallest code that counts as present, by name of the occurrence task
 */
public record Quantized(
    Network network, Optional<Calibration> calibration, SortedMap<String, Integer> thresholds) {
  public Quantized {
    thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
  }

  Quantized withNetwork(Network newNetwork) {
    return new Quantized(newNetwork, calibration, thresholds);
  }

  static Quantized of(Calibration calibration) {
    return new Quantized(
        calibration.integerNetwork(), Optional.of(calibration), calibration.thresholds());
  }

  /** A network whose quantization is the file's; its thresholds are those of tasks.yaml. */
  static Quantized asItCame(Network integer) {
    SortedMap<String, Integer> thresholds = new TreeMap<>();
    for (Task task : integer.tasks()) {
      if (task.kind() == Task.Kind.OCCURRENCE) {
        thresholds.put(task.name(), CodeThreshold.nominal(integer, task));
      }
    }
    return new Quantized(integer, Optional.empty(), thresholds);
  }

  /**
   * Float network against integer network on examples. A network that arrived in integers has no
   * float network beside it and is evaluated alone, unless one is given.
   *
   * @param other a float network of the same tasks to compare with
   */
  public Evaluation evaluate(
      Optional<Network> other, Dataset examples, EvaluationOptions options, Progress progress) {
    return Evaluation.of(
        other.or(() -> calibration.map(Calibration::floatNetwork)),
        network,
        network.tasks().stream().map(task -> thresholds.getOrDefault(task.name(), 0)).toList(),
        examples,
        options,
        progress);
  }
}
