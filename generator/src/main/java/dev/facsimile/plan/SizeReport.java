// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import java.util.Comparator;
import java.util.List;

/**
 * What a planned network takes, as far as it is known before any C is compiled.
 *
 * @param arenaBytes RAM for activations
 * @param arenaLowerBound no placement of these operators in this order needs less
 * @param peakLayer name of the layer at which most of the arena is in use; empty without layers
 * @param contextBytes RAM the caller must provide: sizeof the context
 * @param constantBytes flash for weights, biases, multipliers and tables of the layers
 * @param macs multiply-accumulates of one inference
 */
public record SizeReport(
    int arenaBytes,
    int arenaLowerBound,
    String peakLayer,
    int contextBytes,
    int constantBytes,
    long macs,
    List<LayerSize> layers) {

  /**
   * One layer.
   *
   * @param operator TensorFlow Lite's name: CONV_2D
   * @param macs multiply-accumulates of one inference
   * @param constantBytes flash that no earlier layer uses
   * @param inputBytes of the activations it reads
   * @param outputBytes of the activation it writes
   */
  public record LayerSize(
      String name,
      String operator,
      long macs,
      int constantBytes,
      int inputBytes,
      int outputBytes) {}

  public SizeReport {
    layers = List.copyOf(layers);
  }

  /**
   * Sizes of a plan.
   *
   * @param thresholds how many decision thresholds a context holds, two bytes each
   */
  public static SizeReport of(ExecutionPlan plan, int thresholds) {
    return of(plan, thresholds, 2);
  }

  /** The same with thresholds of so many bytes each. */
  public static SizeReport of(ExecutionPlan plan, int thresholds, int width) {
    int alignment = contextAlignment(plan);
    int padding = thresholds == 0 ? 0 : (width - plan.memory().arenaBytes() % width) % width;
    int context = plan.memory().arenaBytes() + padding + width * thresholds;
    return new SizeReport(
        plan.memory().arenaBytes(),
        plan.memory().lowerBound(),
        peakLayer(plan),
        (context + alignment - 1) / alignment * alignment,
        plan.constantBytes(),
        plan.macs(),
        plan.layers().stream().map(layer -> size(plan, layer)).toList());
  }

  /** Alignment of the context in the generated C. */
  public static int contextAlignment(ExecutionPlan plan) {
    return Math.max(8, plan.memory().alignment());
  }

  private static LayerSize size(ExecutionPlan plan, Layer layer) {
    int inputs = layer.inputs().stream().mapToInt(id -> plan.graph().tensor(id).bytes()).sum();
    return new LayerSize(
        layer.name(),
        plan.operator(layer).kind(),
        layer.macs(),
        layer.constantBytes(),
        inputs,
        layer.outputSlot().bytes());
  }

  /** The layer at the peak, or the one whose place the operator without a layer would be. */
  private static String peakLayer(ExecutionPlan plan) {
    return plan.layers().stream()
        .filter(layer -> layer.step() <= plan.memory().peakStep())
        .max(Comparator.comparingInt(Layer::step))
        .map(Layer::name)
        .orElse("");
  }
}
