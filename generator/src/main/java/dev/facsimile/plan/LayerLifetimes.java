// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.plan;

import dev.facsimile.graph.TensorId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which bytes of the arena hold something while each layer runs. */
public final class LayerLifetimes {

  /**
   * Bytes that no layer from {@code first} to {@code last} may lose.
   *
   * @param tensor what they hold, or the output of the layer that works in them
   * @param scratch whether a layer works in them
   * @param first index of the layer that writes them; -1 for inputs of the network
   * @param last index of the last layer that reads them; the number of layers for outputs
   */
  public record Lifetime(TensorId tensor, boolean scratch, Slot slot, int first, int last) {}

  private final ExecutionPlan plan;
  private final SortedMap<Integer, Integer> layerOfStep = new TreeMap<>();

  private LayerLifetimes(ExecutionPlan plan) {
    this.plan = plan;
    plan.layers().forEach(layer -> layerOfStep.put(layer.step(), layer.index()));
  }

  /**
   * One entry for each tensor that any layer must keep, in the order of tensor ids; then scratch.
   */
  public static List<Lifetime> of(ExecutionPlan plan) {
    LayerLifetimes layers = new LayerLifetimes(plan);
    List<Lifetime> lifetimes = new ArrayList<>();
    for (var entry : new Lifetimes(plan.graph()).spans().entrySet()) {
      Lifetime lifetime = layers.lifetime(entry.getKey(), entry.getValue());
      if (lifetime.first() <= lifetime.last()) {
        lifetimes.add(lifetime);
      }
    }
    plan.memory().scratch().forEach((output, slot) -> lifetimes.add(layers.scratch(output, slot)));
    return lifetimes;
  }

  private Lifetime scratch(TensorId output, Slot slot) {
    int layer =
        plan.layers().stream()
            .filter(one -> one.output().equals(output))
            .mapToInt(Layer::index)
            .findFirst()
            .orElseThrow();
    return new Lifetime(output, true, slot, layer, layer);
  }

  /**
   * What an operator without a layer writes has been there since the layer before it; what it reads
   * ends with that layer, and its output goes on in the same place.
   */
  private Lifetime lifetime(TensorId tensor, Lifetimes.Span span) {
    int first = span.first() < 0 ? -1 : layerAtOrBefore(span.first());
    boolean toTheEnd = span.last() >= plan.graph().ops().size();
    int last = toTheEnd ? plan.layers().size() : layerAtOrBefore(span.last());
    return new Lifetime(tensor, false, plan.memory().slot(tensor), first, last);
  }

  /** The step's layer, or the last one before it; -1 where there is none. */
  private int layerAtOrBefore(int step) {
    return layerOfStep.headMap(step + 1).size() - 1;
  }
}
