// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Lstm;
import dev.facsimile.graph.TensorId;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.TensorType;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptionsT;

/** The forms of UNIDIRECTIONAL_SEQUENCE_LSTM that are read, and those that are refused by name. */
final class RecurrentReaderTest {
  private static final int[] PEEPHOLES = {9, 10, 11};
  private static final int[] PROJECTION = {16, 17};
  private static final int[] NORMALIZATION = {20, 21, 22, 23};
  private static final int OUTPUT_STATE = 18;
  private static final int CELL_STATE = 19;

  private static Graph layer() {
    return GraphChain.graph()
        .input("x", 0.05f, 3, 2, 4, 3)
        .scaled(0.01f, -5)
        .lstm(2, 8, 3, false)
        .build();
  }

  private static Lstm read(Graph graph, Consumer<EditedModel> edit) {
    return (Lstm) TfliteReader.read(EditedModel.of(graph, edit)).graph().ops().get(0);
  }

  private static void assertRefused(
      DiagnosticCode code, String message, Consumer<EditedModel> edit) {
    Refusals.assertRefused(code, message, layer(), edit);
  }

  /** The bias of a gate in places where other forms have operands of the same shape. */
  private static void fill(EditedModel model, int... positions) {
    for (int position : positions) {
      model.operator(0).getInputs()[position] = model.operator(0).getInputs()[13];
    }
  }

  private static UnidirectionalSequenceLSTMOptionsT options(EditedModel model) {
    return model.operator(0).getBuiltinOptions().asUnidirectionalSequenceLSTMOptions();
  }

  @Test
  void formsThatKerasDoesNotMake() {
    DiagnosticCode code = DiagnosticCode.PARAMETER_UNSUPPORTED;
    assertRefused(code, "peepholes", model -> fill(model, PEEPHOLES));
    assertRefused(code, "projection", model -> fill(model, PROJECTION));
    assertRefused(code, "layer normalization", model -> fill(model, NORMALIZATION));
    assertRefused(
        code,
        "CIFG",
        model -> {
          for (int position : new int[] {1, 5, 12}) {
            model.operator(0).getInputs()[position] = -1;
          }
        });
    assertRefused(code, "diagonal", model -> options(model).setDiagonalRecurrentTensors(true));
    assertRefused(
        code,
        "tanh",
        model -> options(model).setFusedActivationFunction(ActivationFunctionType.RELU));
  }

  @Test
  void statesThatAreNoVariables() {
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "not a variable",
        model -> model.operator(0).getInputs()[CELL_STATE] = model.operator(0).getInputs()[0]);
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "lacks operand 18",
        model -> model.operator(0).getInputs()[OUTPUT_STATE] = -1);
  }

  private static int state(EditedModel model, int position) {
    return model.operator(0).getInputs()[position];
  }

  @Test
  void scalesThatDoNotFitTogether() {
    DiagnosticCode code = DiagnosticCode.QUANTIZATION_UNSUPPORTED;
    assertRefused(
        code,
        "2^-15 .. 2^-9",
        model ->
            model
                .tensor(state(model, CELL_STATE))
                .getQuantization()
                .setScale(new float[] {0.001f}));
    assertRefused(
        code,
        "2^-15 .. 2^-9",
        model -> model.tensor(state(model, CELL_STATE)).setType(TensorType.INT8));
    assertRefused(
        code,
        "otherwise than its result",
        model ->
            model
                .tensor(state(model, OUTPUT_STATE))
                .getQuantization()
                .setZeroPoint(new long[] {7}));
    assertRefused(
        code,
        "otherwise than its result",
        model ->
            model
                .tensor(model.operator(0).getIntermediates()[4])
                .getQuantization()
                .setScale(new float[] {0.5f}));
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "does not state the scale",
        model -> model.operator(0).setIntermediates(new int[] {1, 2}));
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "does not state the scale",
        model -> model.operator(0).getIntermediates()[4] = 999);
  }

  @Test
  void damagedOperands() {
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "is due",
        model -> model.tensor(model.operator(0).getInputs()[3]).setShape(new int[] {3, 2}));
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "limits its cells",
        model -> options(model).setCellClip(Float.NaN));
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "has no options",
        model -> model.operator(0).setBuiltinOptions(null));
  }

  @Test
  void variablesOfOtherOperatorsAreRefused() {
    GraphChain chain = GraphChain.graph().input("x", 1, 3);
    TensorId other = chain.randomConstant(1, 3);
    Refusals.assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "variable",
        chain.add(other).build(),
        model -> {
          model.tensor(other.value()).setIsVariable(true);
          model.tensor(other.value()).setBuffer(0);
        });
  }

  @Test
  void optionsAreKept() {
    Lstm read = read(layer(), model -> options(model).setTimeMajor(true));
    assertThat(read.timeMajor()).isTrue();
    assertThat(read.cellClip()).isEqualTo(8);
    assertThat(read.cellBits()).isEqualTo(3);
  }

  @Test
  void twentyOperandsAreEnough() {
    Consumer<EditedModel> edit =
        model -> {
          OperatorT operator = model.operator(0);
          operator.setInputs(Arrays.copyOf(operator.getInputs(), 20));
        };
    assertThat(read(layer(), edit)).isEqualTo(read(layer(), model -> {}));
  }

  @Test
  void bitsOfFloatCellsFollowFromTheNumberOfSteps() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("..", "test-fixtures", "lstm", "fused_float.tflite"));
    Graph graph = TfliteReader.read(file).graph();
    assertThat(graph.ops())
        .first()
        .isInstanceOfSatisfying(
            Lstm.class,
            op -> {
              assertThat(op.cellBits()).isEqualTo(3); // five steps
              assertThat(op.cellClip()).isEqualTo(10);
            });
  }

  @Test
  void weightsOfDynamicRangeFilesBecomeFloats() {
    Graph graph = GraphChain.graph().input("x", 1, 4, 3).lstm(2, 0, 0, false).build();
    byte[] file =
        EditedModel.of(
            graph,
            model -> {
              int weights = model.operator(0).getInputs()[1];
              model.tensor(weights).setType(TensorType.INT8);
              model.setData(weights, 1, 2, 3, 4, 5, 6);
              QuantizationParametersT quantization = new QuantizationParametersT();
              quantization.setScale(new float[] {0.5f});
              quantization.setZeroPoint(new long[] {0});
              model.tensor(weights).setQuantization(quantization);
            });
    TfliteModel read = TfliteReader.read(file);
    assertThat(read.warnings())
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.WEIGHTS_DEQUANTIZED);
    Lstm op = (Lstm) read.graph().ops().get(0);
    assertThat(read.graph().tensor(op.inputGate().weights()).type()).isEqualTo(DType.FLOAT32);
  }
}
