// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.facts.SequenceLayout;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.TensorId;
import dev.facsimile.quantize.FoldedBias;
import dev.facsimile.quantize.GateFunctions;
import dev.facsimile.quantize.LstmParameters;
import java.util.Arrays;
import java.util.List;

/** Long short-term memory of int8 codes with int16 states, one sequence after the other. */
final class IntegerLstm implements Kernel<byte[]> {
  private static final int CELL_GATE = 2;
  private static final int CELL_GATE_BITS = 3;

  private final SequenceLayout layout;
  private final LstmParameters numbers;
  private final Matrix[] inputs;
  private final Matrix[] recurrent;
  private final int[] states;
  private final int[] gates = new int[4];

  /** Weights row by row, and what is added to each row's sum. */
  private static final class Matrix {
    private final byte[] weights;
    private final int[] bias;

    Matrix(byte[] weights, int[] bias) {
      this.weights = weights;
      this.bias = bias;
    }

    int sum(int row, int columns, byte[] codes, int begin) {
      int sum = bias[row];
      for (int i = 0; i < columns; i++) {
        sum += weights[row * columns + i] * codes[begin + i];
      }
      return sum;
    }
  }

  IntegerLstm(Graph graph, Lstm op) {
    this(
        SequenceLayout.of(graph, op),
        LstmParameters.of(graph, op),
        op.gates().stream()
            .map(gate -> matrix(graph, gate.weights(), FoldedBias.ofInput(graph, op, gate)))
            .toArray(Matrix[]::new),
        op.gates().stream()
            .map(gate -> matrix(graph, gate.recurrent(), FoldedBias.ofState(graph, op, gate)))
            .toArray(Matrix[]::new));
  }

  private IntegerLstm(
      SequenceLayout layout, LstmParameters numbers, Matrix[] inputs, Matrix[] recurrent) {
    this.layout = layout;
    this.numbers = numbers;
    this.inputs = inputs;
    this.recurrent = recurrent;
    this.states = new int[layout.cells()];
  }

  private static Matrix matrix(Graph graph, TensorId weights, int[] bias) {
    return new Matrix(graph.tensor(weights).data().orElseThrow().toBytes(), bias);
  }

  @Override
  public Kernel<byte[]> fork() {
    return new IntegerLstm(layout, numbers, inputs, recurrent);
  }

  @Override
  public void run(List<byte[]> operands, byte[] output) {
    for (int batch = 0; batch < layout.batches(); batch++) {
      Arrays.fill(states, 0);
      for (int step = 0; step < layout.steps(); step++) {
        for (int cell = 0; cell < layout.cells(); cell++) {
          compute(cell, operands.get(0), output, batch, step);
        }
      }
    }
  }

  private void compute(int cell, byte[] input, byte[] output, int batch, int step) {
    int row = layout.row(batch, step);
    for (int gate = 0; gate < gates.length; gate++) {
      int fromInput = inputs[gate].sum(cell, layout.inputs(), input, row * layout.inputs());
      // Before the first step the output is the zero point, which adds nothing.
      int fromState =
          step == 0
              ? 0
              : recurrent[gate].sum(
                  cell, layout.cells(), output, layout.row(batch, step - 1) * layout.cells());
      int x = numbers.gateInput(gate, fromInput, fromState);
      gates[gate] =
          gate == CELL_GATE ? GateFunctions.tanh(x, CELL_GATE_BITS) : GateFunctions.logistic(x);
    }
    states[cell] = numbers.nextState(states[cell], gates[0], gates[1], gates[CELL_GATE]);
    output[row * layout.cells() + cell] = (byte) numbers.output(gates[3], states[cell]);
  }
}
