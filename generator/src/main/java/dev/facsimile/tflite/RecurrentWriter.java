// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.tflite.FlatFileBuilder.Options;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptions;

/** Writes UNIDIRECTIONAL_SEQUENCE_LSTM with the variables and scales that belong to it. */
final class RecurrentWriter {
  private static final int PEEPHOLES = 3;
  private static final int PROJECTION = 2;
  private static final int NORMALIZATIONS = 4;
  private static final int UNSTATED = 4;

  private final GraphFile out;

  RecurrentWriter(GraphFile out) {
    this.out = out;
  }

  Void lstm(Lstm op) {
    List<Integer> inputs = operands(op);
    List<Integer> scales = out.isInteger(op.output()) ? scales(op) : List.of();
    int options =
        UnidirectionalSequenceLSTMOptions.createUnidirectionalSequenceLSTMOptions(
            out.builder(),
            ActivationFunctionType.TANH,
            op.cellClip(),
            0,
            op.timeMajor(),
            false,
            false);
    out.file()
        .operator(
            BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
            1,
            inputs,
            out.index(op.output()),
            new Options(BuiltinOptions.UnidirectionalSequenceLSTMOptions, options),
            scales);
    return null;
  }

  private List<Integer> operands(Lstm op) {
    List<Integer> operands = new ArrayList<>(List.of(out.index(op.input())));
    op.gates().forEach(gate -> operands.add(out.index(gate.weights())));
    op.gates().forEach(gate -> operands.add(out.index(gate.recurrent())));
    operands.addAll(Collections.nCopies(PEEPHOLES, -1));
    op.gates().forEach(gate -> operands.add(out.index(gate.bias())));
    operands.addAll(Collections.nCopies(PROJECTION, -1));
    Tensor state = state(op);
    operands.add(out.file().variable(state));
    operands.add(out.file().variable(cells(op, state)));
    operands.addAll(Collections.nCopies(NORMALIZATIONS, -1));
    return operands;
  }

  /** One row a sequence, quantized like the output. */
  private Tensor state(Lstm op) {
    Shape output = out.tensor(op.output()).shape();
    Shape rows = Shape.of(output.dim(op.timeMajor() ? 1 : 0), output.dim(2));
    return out.tensor(op.output()).withName("").withShape(rows);
  }

  private Tensor cells(Lstm op, Tensor state) {
    return out.isInteger(op.output())
        ? state.withType(
            DType.INT16, new Quantization.PerTensor(Math.scalb(1f, op.cellBits() - 15), 0))
        : state;
  }

  /** Only the last says something: that the output, before a projection, is what it is. */
  private List<Integer> scales(Lstm op) {
    Tensor idle = Tensor.activation(new TensorId(0), "", Shape.of(1), DType.FLOAT32);
    List<Integer> scales = new ArrayList<>();
    for (int i = 0; i < UNSTATED; i++) {
      scales.add(out.file().tensor(idle));
    }
    scales.add(out.file().tensor(out.tensor(op.output()).withName("").withShape(Shape.of(1))));
    return scales;
  }
}
