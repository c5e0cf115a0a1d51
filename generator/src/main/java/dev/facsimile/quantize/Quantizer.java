// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.TensorId;
import java.util.Map;

/**
 * From a float graph to an integer graph: activations int8 or int16 with the scales given, weights
 * int8 with a scale for each output channel, biases int32. The result keeps the ids and names of
 * the float graph's tensors and can be written back as a .tflite file.
 *
 * <p>Changes numerics: the integer graph approximates the float one.
 */
public final class Quantizer {
  private Quantizer() {}

  /**
   * Checks that every operator has an integer form and every constant is finite.
   *
   * @param type of the activations: int8 or int16
   * @throws dev.facsimile.report.FacsimileException OPERATOR_UNSUPPORTED and VALUE_NOT_FINITE, for
   *     all operators at once
   */
  public static void check(Graph graph, DType type) {
    QuantizableCheck.check(graph, type);
  }

  /** As {@link #check(Graph, DType)}, for int8 activations. */
  public static void check(Graph graph) {
    check(graph, DType.INT8);
  }

  /**
   * As {@link #quantize(Graph, Map, Map, DType)}, for int8 and inputs whose codes stand for their
   * exact values.
   */
  public static Graph quantize(Graph graph, Map<TensorId, Quantization.PerTensor> activations) {
    return quantize(graph, activations, Map.of(), DType.INT8);
  }

  /**
   * Quantizes the graph.
   *
   * @param graph a float graph that {@link #check} accepts
   * @param activations quantization of every activation, see {@link ScaleGroups#quantizations}
   * @param inputShifts for inputs whose codes are off by a constant, the real value to add ({@link
   *     PixelCodes#shift}); it goes into the biases of the operators that read the input
   * @param type of the activations: int8 or int16
   */
  public static Graph quantize(
      Graph graph,
      Map<TensorId, Quantization.PerTensor> activations,
      Map<TensorId, Double> inputShifts,
      DType type) {
    OpQuantizer quantizer = new OpQuantizer(graph, activations, inputShifts, type);
    for (Op op : graph.ops()) {
      quantizer.add(op);
    }
    return quantizer.build();
  }
}
