// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.tflite.FlatTensor.FlatQuantization;
import java.util.List;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.TensorType;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptions;

/**
 * UNIDIRECTIONAL_SEQUENCE_LSTM in the form that Keras gives it. Its operands are the sequence, four
 * matrices, four recurrent ones, three peepholes, four biases, projection and its bias, the output
 * and the cells as variables, four coefficients of layer normalization; the int8 form has besides
 * five tensors that state scales.
 */
final class RecurrentReader {
  private static final int INPUT_WEIGHTS = 1;
  private static final int RECURRENT_WEIGHTS = 5;
  private static final int BIASES = 12;
  private static final int OUTPUT_STATE = 18;
  private static final int CELL_STATE = 19;
  private static final int LEAST = 20;
  private static final int MOST = 24;

  /** The last of the five stated scales: that of the output before a projection. */
  private static final int HIDDEN = 4;

  private static final int CELL_BITS = 15;
  private static final String KERAS =
      "build the layer as Keras does: LSTM(...) with its default activations";

  private RecurrentReader() {}

  private record Options(byte activation, float cellClip, boolean timeMajor, boolean diagonal) {}

  static Op lstm(OperatorSource source) {
    source.requireOperands(LEAST, MOST);
    Options options =
        source.requiredOptions(
            BuiltinOptions.UnidirectionalSequenceLSTMOptions,
            new UnidirectionalSequenceLSTMOptions(),
            o ->
                new Options(
                    o.fusedActivationFunction(),
                    o.cellClip(),
                    o.timeMajor(),
                    o.diagonalRecurrentTensors()));
    requireForm(source, options);
    Tensor input = source.input(0);
    if (input.shape().rank() != 3) {
      throw source.reject(
          DiagnosticCode.SHAPE_INVALID,
          "its input " + input.shape() + " is no batch of sequences",
          FlatFileDecoder.DAMAGED);
    }
    return new Lstm(
        input.id(),
        gate(source, input, 0),
        gate(source, input, 1),
        gate(source, input, 2),
        gate(source, input, 3),
        source.outputId(),
        options.cellClip(),
        cellBits(source, input, options),
        options.timeMajor());
  }

  private static void requireForm(OperatorSource source, Options options) {
    refuseIf(source, !source.hasInput(INPUT_WEIGHTS), "a coupled input gate (CIFG)");
    refuseIf(source, hasAny(source, 9, 12), "peepholes");
    refuseIf(source, hasAny(source, 16, 18), "a projection");
    refuseIf(source, hasAny(source, LEAST, MOST), "layer normalization");
    refuseIf(source, options.diagonal(), "diagonal recurrent weights");
    refuseIf(
        source,
        options.activation() != ActivationFunctionType.TANH,
        "another activation than tanh");
    if (!(options.cellClip() >= 0) || Float.isInfinite(options.cellClip())) {
      throw source.reject(
          DiagnosticCode.MODEL_CORRUPT,
          "limits its cells to " + options.cellClip(),
          FlatFileDecoder.DAMAGED);
    }
  }

  private static boolean hasAny(OperatorSource source, int from, int to) {
    boolean any = false;
    for (int position = from; position < to; position++) {
      any |= source.hasInput(position);
    }
    return any;
  }

  private static void refuseIf(OperatorSource source, boolean condition, String what) {
    if (condition) {
      throw source.reject(
          DiagnosticCode.PARAMETER_UNSUPPORTED, "with " + what + " it is not supported", KERAS);
    }
  }

  private static Lstm.Gate gate(OperatorSource source, Tensor input, int gate) {
    return new Lstm.Gate(
        matrix(source, input, INPUT_WEIGHTS + gate),
        matrix(source, input, RECURRENT_WEIGHTS + gate),
        source
            .weights()
            .bias(source, input, BIASES + gate, true)
            .orElseThrow(() -> lacking(source, BIASES + gate)));
  }

  private static TensorId matrix(OperatorSource source, Tensor input, int position) {
    return source.weights().ofFullyConnected(source, input, source.constant(position, "weights"));
  }

  private static OperatorRejected lacking(OperatorSource source, int operand) {
    return source.reject(
        DiagnosticCode.MODEL_CORRUPT, "lacks operand " + operand, FlatFileDecoder.DAMAGED);
  }

  /**
   * Of an int8 network what the file says. A float one does not say: no step adds more than 1 to a
   * cell.
   */
  private static int cellBits(OperatorSource source, Tensor input, Options options) {
    FlatTensor output = variable(source, OUTPUT_STATE);
    FlatTensor cells = variable(source, CELL_STATE);
    if (input.type() == DType.FLOAT32) {
      double steps = input.shape().dim(options.timeMajor() ? 0 : 1);
      return Lstm.bitsFor(options.cellClip() > 0 ? Math.min(steps, options.cellClip()) : steps);
    }
    requireOutputScale(source, output.quantization());
    requireOutputScale(source, source.scaleOf(HIDDEN));
    List<Float> scales = cells.quantization().scales();
    int bits = scales.isEmpty() ? -1 : CELL_BITS + Math.getExponent(scales.get(0));
    boolean power = bits >= 0 && scales.get(0) == Math.scalb(1f, bits - CELL_BITS);
    if (cells.type() != TensorType.INT16 || !power || bits > Lstm.MOST_CELL_BITS) {
      throw source.reject(
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "its cells must be int16 in steps of 2^-15 .. 2^-9 but have the scales " + scales,
          "convert the network again with a current TensorFlow, or give the float network");
    }
    return bits;
  }

  private static FlatTensor variable(OperatorSource source, int position) {
    FlatTensor state = source.unchecked(position).orElseThrow(() -> lacking(source, position));
    if (!state.variable()) {
      throw source.reject(
          DiagnosticCode.PARAMETER_UNSUPPORTED,
          "its state is an operand and not a variable of its own",
          "export the layer with stateful=False");
    }
    return state;
  }

  /** Without a projection what is stated twice more is the output. */
  private static void requireOutputScale(OperatorSource source, FlatQuantization stated) {
    Tensor output = source.output();
    boolean same =
        output.quantization().orElse(null) instanceof Quantization.PerTensor whole
            && stated.scales().equals(List.of(whole.scale()))
            && stated.zeroPoints().equals(List.of((long) whole.zeroPoint()));
    if (!same) {
      throw source.reject(
          DiagnosticCode.QUANTIZATION_UNSUPPORTED,
          "its state is quantized otherwise than its result",
          "convert the network again with a current TensorFlow, or give the float network");
    }
  }
}
