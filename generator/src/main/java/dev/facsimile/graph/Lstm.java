// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A layer of long short-term memory over a whole sequence: [batch, steps, inputs] to [batch, steps,
 * cells], or with the first two axes exchanged. Output and cell state are zero before the first
 * step of every run: what one run leaves behind the next does not see.
 *
 * <pre>
 *   i, f, o = sigmoid(weights x + recurrent h + bias)    of the input, forget and output gate
 *   g       = tanh   (weights x + recurrent h + bias)    of the cell gate
 *   c       = clip(f c + i g)
 *   h       = o tanh(c)
 * </pre>
 *
 * <p>TensorFlow Lite's operator of this name has further forms (coupled gates, peepholes,
 * projection, layer normalization); this is the one that Keras makes.
 *
 * @param cellClip the largest magnitude of a cell's state, or 0 where there is no limit
 * @param cellBits bits before the point of a cell's state where it is an int16, the sign not
 *     counted: its scale is 2^(cellBits - 15)
 * @param timeMajor whether the steps are the outermost axis
 */
public record Lstm(
    TensorId input,
    Gate inputGate,
    Gate forgetGate,
    Gate cellGate,
    Gate outputGate,
    TensorId output,
    float cellClip,
    int cellBits,
    boolean timeMajor)
    implements Op {
  /** Cells in more bits than this would need a tanh that TensorFlow Lite does not have. */
  public static final int MOST_CELL_BITS = 6;

  /**
   * Constants of one gate.
   *
   * @param weights [cells, inputs]
   * @param recurrent [cells, cells]
   * @param bias [cells]
   */
  public record Gate(TensorId weights, TensorId recurrent, TensorId bias) {
    /** The same on other tensors. */
    public Gate withTensors(UnaryOperator<TensorId> rename) {
      return new Gate(rename.apply(weights), rename.apply(recurrent), rename.apply(bias));
    }
  }

  public Lstm {
    if (!(cellClip >= 0) || Float.isInfinite(cellClip)) {
      throw new IllegalArgumentException("the limit of cells must be >= 0 but was " + cellClip);
    }
    if (cellBits < 0 || cellBits > MOST_CELL_BITS) {
      throw new IllegalArgumentException("bits of cells must be 0..6 but were " + cellBits);
    }
  }

  /**
   * Bits in which every state fits whose magnitude is at most {@code largest}; the most there are
   * where none suffice.
   */
  public static int bitsFor(double largest) {
    int bits = 0;
    while (bits < MOST_CELL_BITS && largest > 1 << bits) {
      bits++;
    }
    return bits;
  }

  /** In TensorFlow Lite's order: input, forget, cell, output. */
  public List<Gate> gates() {
    return List.of(inputGate, forgetGate, cellGate, outputGate);
  }

  /** The sequence, then weights, recurrent weights and bias of one gate after the other. */
  @Override
  public List<TensorId> inputs() {
    return Stream.concat(
            Stream.of(input),
            gates().stream()
                .flatMap(gate -> Stream.of(gate.weights(), gate.recurrent(), gate.bias())))
        .toList();
  }

  public Lstm withCellBits(int bits) {
    return new Lstm(
        input, inputGate, forgetGate, cellGate, outputGate, output, cellClip, bits, timeMajor);
  }

  /** The same over another sequence, with every gate changed. */
  public Lstm withGates(TensorId sequence, Function<Gate, Gate> change) {
    return new Lstm(
        sequence,
        change.apply(inputGate),
        change.apply(forgetGate),
        change.apply(cellGate),
        change.apply(outputGate),
        output,
        cellClip,
        cellBits,
        timeMajor);
  }

  @Override
  public Op withTensors(UnaryOperator<TensorId> rename) {
    return new Lstm(
        rename.apply(input),
        inputGate.withTensors(rename),
        forgetGate.withTensors(rename),
        cellGate.withTensors(rename),
        outputGate.withTensors(rename),
        rename.apply(output),
        cellClip,
        cellBits,
        timeMajor);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitLstm(this);
  }

  @Override
  public String kind() {
    return "UNIDIRECTIONAL_SEQUENCE_LSTM";
  }
}
