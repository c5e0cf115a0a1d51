// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.interpret;

import dev.facsimile.facts.SequenceLayout;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Lstm;
import java.util.Arrays;
import java.util.List;

/** Long short-term memory of floats, one sequence after the other. */
final class FloatLstm implements Kernel<float[]>, StateRange {
  /** Operands of a gate: weights, recurrent weights, bias. */
  private static final int PER_GATE = 3;

  private static final int CELL_GATE = 2;

  private final SequenceLayout layout;
  private final float clip;
  private final float[] cells;
  private final float[] hidden;
  private final float[][] gates;
  private double largest;

  FloatLstm(Graph graph, Lstm op) {
    this(SequenceLayout.of(graph, op), op.cellClip() > 0 ? op.cellClip() : Float.MAX_VALUE);
  }

  private FloatLstm(SequenceLayout layout, float clip) {
    this.layout = layout;
    this.clip = clip;
    this.cells = new float[layout.cells()];
    this.hidden = new float[layout.cells()];
    this.gates = new float[4][layout.cells()];
  }

  @Override
  public Kernel<float[]> fork() {
    return new FloatLstm(layout, clip);
  }

  /** Of the cells in the last run. */
  @Override
  public double largestMagnitude() {
    return largest;
  }

  @Override
  public void run(List<float[]> inputs, float[] output) {
    largest = 0;
    for (int batch = 0; batch < layout.batches(); batch++) {
      Arrays.fill(cells, 0f);
      Arrays.fill(hidden, 0f);
      for (int step = 0; step < layout.steps(); step++) {
        int row = layout.row(batch, step);
        for (int gate = 0; gate < gates.length; gate++) {
          compute(gate, inputs, row * layout.inputs());
        }
        update();
        System.arraycopy(hidden, 0, output, row * layout.cells(), hidden.length);
      }
    }
  }

  private void compute(int gate, List<float[]> operands, int begin) {
    float[] weights = operands.get(1 + PER_GATE * gate);
    float[] recurrent = operands.get(2 + PER_GATE * gate);
    float[] bias = operands.get(PER_GATE + PER_GATE * gate);
    for (int c = 0; c < cells.length; c++) {
      float sum = bias[c] + dot(weights, c * layout.inputs(), operands.get(0), begin);
      sum += dot(recurrent, c, hidden);
      gates[gate][c] = gate == CELL_GATE ? FloatFunctions.tanh(sum) : FloatFunctions.logistic(sum);
    }
  }

  private float dot(float[] weights, int row, float[] sequence, int begin) {
    float sum = 0;
    for (int i = 0; i < layout.inputs(); i++) {
      sum += weights[row + i] * sequence[begin + i];
    }
    return sum;
  }

  private static float dot(float[] weights, int row, float[] state) {
    float sum = 0;
    for (int i = 0; i < state.length; i++) {
      sum += weights[row * state.length + i] * state[i];
    }
    return sum;
  }

  private void update() {
    for (int c = 0; c < cells.length; c++) {
      float state = gates[1][c] * cells[c] + gates[0][c] * gates[CELL_GATE][c];
      cells[c] = Math.max(-clip, Math.min(clip, state));
      largest = Math.max(largest, Math.abs(cells[c]));
      hidden[c] = gates[3][c] * FloatFunctions.tanh(cells[c]);
    }
  }
}
