// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.TensorId;
import java.util.List;

/**
 * Numbers of an int8 UNIDIRECTIONAL_SEQUENCE_LSTM. What enters a gate's function is Q3.12, what
 * leaves it Q0.15; a cell's state is an int16 with {@code cellBits} bits before the point.
 *
 * @param gates input, forget, cell and output gate
 * @param cellClip the largest code of a cell's state, 0 where there is no limit
 * @param output from the product of output gate and tanh(state), which is Q0.30, to the output
 */
public record LstmParameters(
    List<Gate> gates,
    int cellBits,
    int cellClip,
    FixedPointMultiplier output,
    int outputZeroPoint) {

  /**
   * One gate.
   *
   * @param input from a sum of products with the input to Q3.12
   * @param recurrent from a sum of products with the output of the step before to Q3.12
   */
  public record Gate(FixedPointMultiplier input, FixedPointMultiplier recurrent) {}

  public LstmParameters {
    gates = List.copyOf(gates);
  }

  /** The numbers of an operator that the contract accepts. */
  public static LstmParameters of(Graph graph, Lstm op) {
    Quantization.PerTensor output = graph.tensor(op.output()).perTensor();
    // As TensorFlow Lite does: in double, then rounded to float.
    float hidden = (float) (0x1p-15 / output.scale() * 0x1p-15);
    return new LstmParameters(
        op.gates().stream().map(gate -> gate(graph, op, gate)).toList(),
        op.cellBits(),
        op.cellClip() > 0 ? clip(op) : 0,
        FixedPointMultiplier.of(hidden),
        output.zeroPoint());
  }

  private static int clip(Lstm op) {
    float codes = op.cellClip() / Math.scalb(1f, op.cellBits() - 15);
    return (int) Math.min(codes, Short.MAX_VALUE);
  }

  private static Gate gate(Graph graph, Lstm op, Lstm.Gate gate) {
    return new Gate(
        factor(graph, gate.weights(), op.input()), factor(graph, gate.recurrent(), op.output()));
  }

  /** From products to Q3.12, rounded to float as TensorFlow Lite does. */
  private static FixedPointMultiplier factor(Graph graph, TensorId weights, TensorId input) {
    float product =
        graph.tensor(weights).perTensor().scale() * graph.tensor(input).perTensor().scale();
    return FixedPointMultiplier.of(product * 0x1p12f);
  }

  /**
   * What enters a gate's function, from both sums of products.
   *
   * @param gate 0 .. 3
   */
  public int gateInput(int gate, int inputSum, int recurrentSum) {
    long first = Codes.INT16.clamp(gates.get(gate).input().apply(inputSum));
    long both = first + gates.get(gate).recurrent().apply(recurrentSum);
    return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, both));
  }

  /** A cell's next state, from its last one and the outputs of three gates. */
  public int nextState(int state, int inputGate, int forgetGate, int cellGate) {
    int kept = FixedPointMultiplier.divideByPowerOfTwo(forgetGate * state, 15);
    int added = FixedPointMultiplier.divideByPowerOfTwo(inputGate * cellGate, 15 + cellBits);
    int limit = cellClip > 0 ? cellClip : Short.MAX_VALUE + 1;
    return Math.max(-limit, Math.min(limit, Codes.INT16.clamp(kept + added)));
  }

  /** The output's code. */
  public int output(int outputGate, int state) {
    int product = outputGate * GateFunctions.tanh(state, cellBits);
    return Codes.INT8.clamp(output.apply(product) + outputZeroPoint);
  }
}
