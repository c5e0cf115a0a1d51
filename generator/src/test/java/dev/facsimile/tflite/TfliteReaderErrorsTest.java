// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.FullyConnectedOptionsWeightsFormat;
import org.tensorflow.lite.schema.SparsityParametersT;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorMapT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/** Every way in which a file is refused, each with its number and its place. */
final class TfliteReaderErrorsTest {
  /**
   * Tensors: 0 x, 1 filter, 2 bias, 3 convolution, 4 weights, 5 bias, 6 output (the order of
   * calls).
   */
  private static Graph network() {
    return graph()
        .input("x", 0.5f, 3, 1, 4, 4, 2)
        .conv2d(3, 3, 1, Activation.RELU)
        .fullyConnected(5, Activation.NONE)
        .output("y")
        .build();
  }

  private static Graph floatNetwork() {
    return graph()
        .input("x", 1, 4, 4, 2)
        .conv2d(3, 3, 1, Activation.RELU)
        .unary(Unary.Kind.TANH)
        .output("y")
        .build();
  }

  private static List<Diagnostic> refusal(byte[] file) {
    FacsimileException thrown =
        catchThrowableOfType(FacsimileException.class, () -> TfliteReader.read(file));
    assertThat(thrown).as("the file is refused").isNotNull();
    assertThat(thrown.diagnostics())
        .allSatisfy(diagnostic -> assertThat(diagnostic.hint()).isNotEmpty());
    return thrown.diagnostics();
  }

  private static Diagnostic only(Graph graph, Consumer<EditedModel> edit) {
    List<Diagnostic> diagnostics = refusal(EditedModel.of(graph, edit));
    assertThat(diagnostics).hasSize(1);
    return diagnostics.get(0);
  }

  private static void assertRefused(
      DiagnosticCode code, String message, Graph graph, Consumer<EditedModel> edit) {
    Diagnostic diagnostic = only(graph, edit);
    assertThat(diagnostic.code()).as(diagnostic.toString()).isEqualTo(code);
    assertThat(diagnostic.message()).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'version https://git-lfs.github.com/spec/v1\noid sha256:4f36', Git LFS pointer",
    "'<!DOCTYPE html><html>', web page",
    "'\n <html lang=en>', web page",
    "'PK\u0003\u0004 and so on', zip archive",
    "'\u0089HDF\r\n', Keras",
    "'hello', does not carry",
    "'hello, this is some other file', does not carry",
  })
  void whatIsNoModelIsCalledByItsName(String content, String message) {
    Diagnostic diagnostic = refusal(content.getBytes(StandardCharsets.ISO_8859_1)).get(0);
    assertThat(diagnostic.code()).isEqualTo(DiagnosticCode.MODEL_NOT_TFLITE);
    assertThat(diagnostic.message()).contains(message);
  }

  @Test
  void truncatedContents() {
    byte[] whole = TfliteWriter.write(network()).bytes();
    assertThat(refusal(Arrays.copyOf(whole, whole.length - 100)).get(0).code())
        .isEqualTo(DiagnosticCode.MODEL_TRUNCATED);
    assertThat(refusal(Arrays.copyOf(whole, 40)).get(0).code())
        .isEqualTo(DiagnosticCode.MODEL_TRUNCATED);
  }

  @Test
  void anotherSchemaVersion() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "schema version is 4",
        network(),
        model -> model.model().setVersion(4));
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsPlace() {
    List<Diagnostic> diagnostics =
        refusal(
            EditedModel.of(
                network(),
                model -> {
                  model.operator(0).setOpcodeIndex(model.addCode(BuiltinOperator.CUSTOM));
                  model.code(2).setCustomCode("Mine");
                  model.operator(1).setOpcodeIndex(model.addCode(BuiltinOperator.GATHER));
                }));
    assertThat(diagnostics)
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.OPERATOR_CUSTOM, DiagnosticCode.OPERATOR_UNSUPPORTED);
    assertThat(diagnostics.get(0).message()).contains("'Mine'");
    assertThat(diagnostics.get(0).where().toString()).isEqualTo("CUSTOM #0 'conv_2d3'");
    assertThat(diagnostics.get(1).where().toString()).isEqualTo("GATHER #1 'fully_connected6'");
  }

  @Test
  void operatorsNewerThanOurSchema() {
    Diagnostic diagnostic =
        only(network(), model -> model.operator(0).setOpcodeIndex(model.addCode(206)));
    assertThat(diagnostic.where().kind()).isEqualTo("BUILTIN_206");
    assertThat(diagnostic.code()).isEqualTo(DiagnosticCode.OPERATOR_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(bytes = {ActivationFunctionType.TANH, ActivationFunctionType.SIGN_BIT})
  void fusedActivationsThatAreNoClamps(byte activation) {
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "fused activation",
        network(),
        model ->
            model
                .operator(0)
                .getBuiltinOptions()
                .asConv2DOptions()
                .setFusedActivationFunction(activation));
  }

  @Test
  void impossibleWindows() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "window is impossible",
        network(),
        model -> model.operator(0).getBuiltinOptions().asConv2DOptions().setStrideH(0));
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "yields",
        network(),
        model ->
            model.operator(0).getBuiltinOptions().asConv2DOptions().setStrideH(Integer.MAX_VALUE));
  }

  @Test
  void groupedConvolutions() {
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "in 2 groups",
        network(),
        model -> {
          model.tensor(1).setShape(new int[] {6, 3, 3, 1});
          model.tensor(1).getQuantization().setScale(new float[] {1, 1, 1, 1, 1, 1});
          model.tensor(1).getQuantization().setZeroPoint(new long[6]);
        });
  }

  @Test
  void shuffledWeights() {
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "shuffled",
        network(),
        model ->
            model
                .operator(1)
                .getBuiltinOptions()
                .asFullyConnectedOptions()
                .setWeightsFormat(FullyConnectedOptionsWeightsFormat.SHUFFLED4x16INT8));
  }

  @Test
  void weightsThatTheNetworkComputes() {
    Graph product = graph().input("x", 1, 4).fullyConnected(3, Activation.NONE).output("y").build();
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "weights is computed",
        product,
        model -> {
          model.graph().setInputs(new int[] {0, 1});
          model.tensor(1).setBuffer(0);
          model.model().setSignatureDefs(null);
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 1x4x4x3", "1, 3x3x3x1", "2, 4", "3, 1x4x4x4", "3, 2x2x4x3", "6, 15x5", "4, 3x5"})
  void shapesThatContradictTheOperators(int tensor, String dims) {
    int[] shape = Arrays.stream(dims.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    List<Diagnostic> diagnostics =
        refusal(EditedModel.of(network(), model -> model.tensor(tensor).setShape(shape)));
    assertThat(diagnostics).extracting(Diagnostic::code).contains(DiagnosticCode.SHAPE_INVALID);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -5, Integer.MIN_VALUE})
  void dimensionsThatAreNotPositive(int dim) {
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "impossible shape",
        floatNetwork(),
        model -> model.tensor(4).setShape(new int[] {1, 4, dim, 3}));
  }

  @Test
  void shapesTooLargeForAnyTarget() {
    for (int[] shape :
        List.of(
            new int[] {1, 40_000, 40_000, 2},
            new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 2})) {
      Diagnostic diagnostic =
          refusal(EditedModel.of(network(), model -> model.tensor(0).setShape(shape))).get(0);
      assertThat(diagnostic.code()).isEqualTo(DiagnosticCode.MODEL_TOO_LARGE);
    }
  }

  @Test
  void openSizes() {
    assertRefused(
        DiagnosticCode.SHAPE_DYNAMIC,
        "no fixed size",
        network(),
        model -> model.tensor(0).setShapeSignature(new int[] {-1, -1, 4, 2}));
    Diagnostic shape =
        refusal(
                EditedModel.of(
                    network(), model -> model.tensor(0).setShape(new int[] {-1, 4, 4, 2})))
            .get(0);
    assertThat(shape.code()).isEqualTo(DiagnosticCode.SHAPE_DYNAMIC);
  }

  @Test
  void severalSubgraphs() {
    assertRefused(
        DiagnosticCode.SUBGRAPHS_UNSUPPORTED,
        "2 subgraphs",
        network(),
        model -> {
          SubGraphT graph = model.graph();
          model.model().setSubgraphs(new SubGraphT[] {graph, graph});
        });
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "no subgraph",
        network(),
        model -> model.model().setSubgraphs(new SubGraphT[0]));
  }

  @Test
  void sparseWeights() {
    assertRefused(
        DiagnosticCode.SPARSE_UNSUPPORTED,
        "stored sparse",
        network(),
        model -> model.tensor(1).setSparsity(new SparsityParametersT()));
  }

  @Test
  void variables() {
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "variable",
        network(),
        model -> model.tensor(3).setIsVariable(true));
  }

  @Test
  void typesWithoutArithmetic() {
    for (byte type : new byte[] {TensorType.STRING, TensorType.COMPLEX64, TensorType.INT4, 99}) {
      assertRefused(
          DiagnosticCode.TYPE_UNSUPPORTED,
          "is of type",
          floatNetwork(),
          model -> model.tensor(4).setType(type));
    }
  }

  @Test
  void mixedTypes() {
    assertRefused(
        DiagnosticCode.TYPE_UNSUPPORTED,
        "is FLOAT32 where INT8 is due",
        network(),
        model -> model.tensor(6).setType(TensorType.FLOAT32));
    Graph tanh = graph().input("x", 1, 4).unary(Unary.Kind.TANH).build();
    assertRefused(
        DiagnosticCode.TYPE_UNSUPPORTED,
        "the input is of type INT32",
        tanh,
        model -> {
          TensorT unused = new TensorT();
          unused.setName("unused");
          unused.setShape(new int[] {1});
          unused.setType(TensorType.INT32);
          model.graph().setInputs(new int[] {0, model.add(unused)});
        });
  }

  @Test
  void integerDivision() {
    GraphChain chain = graph().input("x", 0.5f, 3, 1, 4);
    Graph product = chain.binary(Binary.Kind.MUL, chain.randomConstant(4), Activation.NONE).build();
    assertRefused(
        DiagnosticCode.TYPE_UNSUPPORTED,
        "int8 division",
        product,
        model -> {
          model.operator(0).setOpcodeIndex(model.addCode(BuiltinOperator.DIV));
          model.operator(0).setBuiltinOptions(null);
        });
  }

  @Test
  void quantizationsOutsideOfTheContract() {
    DiagnosticCode code = DiagnosticCode.QUANTIZATION_UNSUPPORTED;
    assertRefused(
        code,
        "zero point 3 and not 0",
        network(),
        model -> {
          model.tensor(1).getQuantization().setScale(new float[] {1});
          model.tensor(1).getQuantization().setZeroPoint(new long[] {3});
        });
    assertRefused(
        code,
        "asymmetric channels",
        network(),
        model -> model.tensor(1).getQuantization().setZeroPoint(new long[] {0, 0, 1}));
    assertRefused(
        code,
        "do not fit axis 3",
        network(),
        model -> model.tensor(1).getQuantization().setQuantizedDimension(3));
    assertRefused(
        code,
        "has the scale 0.0",
        network(),
        model -> model.tensor(6).getQuantization().setScale(new float[] {0}));
    assertRefused(
        code,
        "zero point 200",
        network(),
        model -> model.tensor(6).getQuantization().setZeroPoint(new long[] {200}));
    assertRefused(
        code, "does not have one scale", network(), model -> model.tensor(6).setQuantization(null));
    assertRefused(
        code,
        "1/256",
        graph().input("x", 0.5f, 3, 1, 4).softmax(1).build(),
        model -> model.tensor(1).getQuantization().setScale(new float[] {0.5f}));
    assertRefused(
        code,
        "quantized otherwise",
        graph().input("x", 0.5f, 3, 1, 4, 4, 1).maxPool(2, 2).build(),
        model -> model.tensor(1).getQuantization().setZeroPoint(new long[] {4}));
  }

  @Test
  void constantsWithoutContents() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "has no contents",
        network(),
        model -> model.tensor(1).setBuffer(0));
    assertRefused(
        DiagnosticCode.SHAPE_INVALID, "has 3 bytes", network(), model -> model.setData(1, 1, 2, 3));
  }

  @Test
  void indicesThatDoNotExist() {
    DiagnosticCode code = DiagnosticCode.MODEL_CORRUPT;
    assertRefused(
        code,
        "names tensor #99",
        network(),
        model -> model.operator(0).setInputs(new int[] {99, 1, 2}));
    assertRefused(
        code,
        "names tensor #-2",
        network(),
        model -> model.operator(0).setInputs(new int[] {-2, 1, 2}));
    assertRefused(
        code, "names tensor #-1", network(), model -> model.graph().setOutputs(new int[] {-1}));
    assertRefused(
        code, "names tensor #7", network(), model -> model.graph().setInputs(new int[] {7}));
    assertRefused(code, "names buffer 77", network(), model -> model.tensor(3).setBuffer(77));
    assertRefused(code, "is of kind 9", network(), model -> model.operator(0).setOpcodeIndex(9));
    assertRefused(
        code,
        "a signature names tensor #50",
        network(),
        model -> {
          TensorMapT map = new TensorMapT();
          map.setName("z");
          map.setTensorIndex(50);
          model.model().getSignatureDefs()[0].setOutputs(new TensorMapT[] {map});
        });
  }

  @Test
  void wrongNumbersOfOperands() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "has 1 operands",
        network(),
        model -> model.operator(0).setInputs(new int[] {0}));
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "lacks operand 0",
        network(),
        model -> model.operator(0).setInputs(new int[] {-1, 1, 2}));
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "has no options",
        network(),
        model -> model.operator(0).setBuiltinOptions(null));
  }

  @Test
  void optionsOfAnotherOperator() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "options of another operator",
        network(),
        model -> model.operator(0).setBuiltinOptions(model.operator(1).getBuiltinOptions()));
  }

  @Test
  void cyclesAndWrongOrders() {
    assertRefused(
        DiagnosticCode.MODEL_CYCLIC,
        "which runs later",
        network(),
        model ->
            model
                .graph()
                .setOperators(
                    new org.tensorflow.lite.schema.OperatorT[] {
                      model.operator(1), model.operator(0)
                    }));
    Graph chain = graph().input("x", 1, 4).unary(Unary.Kind.TANH).unary(Unary.Kind.TANH).build();
    assertRefused(
        DiagnosticCode.MODEL_CYCLIC,
        "which runs later",
        chain,
        model -> model.operator(0).setInputs(new int[] {2}));
    assertRefused(
        DiagnosticCode.MODEL_CYCLIC,
        "which runs later",
        chain,
        model -> model.operator(0).setInputs(new int[] {1}));
  }

  @Test
  void tensorsWrittenTwice() {
    Graph chain = graph().input("x", 1, 4).unary(Unary.Kind.TANH).unary(Unary.Kind.TANH).build();
    List<Diagnostic> twice =
        refusal(EditedModel.of(chain, model -> model.operator(1).setOutputs(new int[] {1})));
    assertThat(twice.get(0).message()).contains("is written by it and by TANH #0");
    List<Diagnostic> input =
        refusal(EditedModel.of(chain, model -> model.operator(1).setOutputs(new int[] {0})));
    assertThat(input.get(0).message()).contains("is written by it and is an input");
  }

  @Test
  void portsThatMeanNothing() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "is an input and a constant",
        floatNetwork(),
        model -> model.graph().setInputs(new int[] {0, 1}));
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "no output",
        floatNetwork(),
        model -> model.graph().setOutputs(new int[0]));
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "the output is a constant",
        floatNetwork(),
        model -> model.graph().setOutputs(new int[] {4, 1}));
  }

  @Test
  void axesThatDoNotExist() {
    Graph mean = graph().input("x", 1, 4).reduce(Reduce.Kind.MEAN, true, 1).build();
    assertRefused(
        DiagnosticCode.SHAPE_INVALID, "names axis 7", mean, model -> model.setData(2, 7, 0, 0, 0));
    Graph pad = graph().input("x", 1, 4).pad(List.of(0, 1), List.of(0, 1)).build();
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "do not fit",
        pad,
        model -> model.setData(2, 255, 255, 255, 255, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0));
    Graph concat = graph().input("x", 1, 4).concat(1, new TensorId(0)).build();
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "names axis -3",
        concat,
        model -> model.operator(0).getBuiltinOptions().asConcatenationOptions().setAxis(-3));
  }

  @Test
  void optionsThatAreNoNumbers() {
    Graph leaky = graph().input("x", 1, 4).unary(Unary.Kind.LEAKY_RELU, 0.5f).build();
    assertRefused(
        DiagnosticCode.VALUE_NOT_FINITE,
        "slope is NaN",
        leaky,
        model -> model.operator(0).getBuiltinOptions().asLeakyReluOptions().setAlpha(Float.NaN));
    Graph softmax = graph().input("x", 1, 4).softmax(1).build();
    assertRefused(
        DiagnosticCode.PARAMETER_UNSUPPORTED,
        "beta -1.0",
        softmax,
        model -> model.operator(0).getBuiltinOptions().asSoftmaxOptions().setBeta(-1));
  }
}
