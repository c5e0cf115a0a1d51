// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static dev.facsimile.graph.GraphChain.graph;
import static dev.facsimile.tflite.Refusals.assertRefused;
import static dev.facsimile.tflite.Refusals.floatNetwork;
import static dev.facsimile.tflite.Refusals.network;
import static dev.facsimile.tflite.Refusals.only;
import static dev.facsimile.tflite.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.SparsityParametersT;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.Tensor;
import org.tensorflow.lite.schema.TensorMapT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/** Every way in which a file as a whole is refused, each with its number and its place. */
final class TfliteReaderErrorsTest {
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
                  model.operator(1).setOpcodeIndex(model.addCode(BuiltinOperator.WHERE));
                }));
    assertThat(diagnostics)
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.OPERATOR_CUSTOM, DiagnosticCode.OPERATOR_UNSUPPORTED);
    assertThat(diagnostics.get(0).message()).contains("'Mine'");
    assertThat(diagnostics.get(0).where().toString()).isEqualTo("CUSTOM #0 'conv_2d3'");
    assertThat(diagnostics.get(1).where().toString()).isEqualTo("WHERE #1 'fully_connected6'");
  }

  @Test
  void consequencesOfAnErrorAreNotReported() {
    Diagnostic diagnostic =
        only(
            floatNetwork(),
            model -> {
              // The filter comes from an operator we do not know, as that of a sparse network.
              TensorT packed = new TensorT();
              packed.setName("packed");
              packed.setType(TensorType.FLOAT16);
              packed.setShape(new int[] {3, 3, 3, 2});
              packed.setBuffer(model.tensor(1).getBuffer());
              model.tensor(1).setBuffer(0);
              OperatorT densify = new OperatorT();
              densify.setOpcodeIndex(model.addCode(BuiltinOperator.DENSIFY));
              densify.setInputs(new int[] {model.add(packed)});
              densify.setOutputs(new int[] {1});
              OperatorT[] operators = model.graph().getOperators();
              model.graph().setOperators(new OperatorT[] {densify, operators[0], operators[1]});
            });
    assertThat(diagnostic.where().kind()).isEqualTo("DENSIFY");
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
  void constantsWithoutContents() {
    assertRefused(
        DiagnosticCode.MODEL_CORRUPT,
        "has no contents",
        network(),
        model -> model.tensor(1).setBuffer(0));
    assertRefused(
        DiagnosticCode.SHAPE_INVALID, "has 3 bytes", network(), model -> model.setData(1, 1, 2, 3));
  }

  /** The newer field has no class here: the table of an empty buffer is made by hand. */
  @Test
  void contentsOutsideOfTheTables() {
    assertThat(refusal(withExternalBuffer(1 << 20)).get(0).code())
        .isEqualTo(DiagnosticCode.BUFFER_EXTERNAL);
    assertThat(refusal(withExternalBuffer(1)).get(0).code())
        .as("1 stands for nothing there")
        .isEqualTo(DiagnosticCode.MODEL_CORRUPT);
  }

  /** A model of one constant whose buffer has an offset instead of contents. */
  private static byte[] withExternalBuffer(long offset) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.startTable(3);
    builder.addLong(1, offset, 0);
    builder.addLong(2, 4, 0);
    int external = builder.endTable();
    int shape = Tensor.createShapeVector(builder, new int[] {1});
    Tensor.startTensor(builder);
    Tensor.addShape(builder, shape);
    Tensor.addBuffer(builder, 0);
    int tensor = Tensor.endTensor(builder);
    int tensors = SubGraph.createTensorsVector(builder, new int[] {tensor});
    int ports = SubGraph.createInputsVector(builder, new int[] {0});
    SubGraph.startSubGraph(builder);
    SubGraph.addTensors(builder, tensors);
    SubGraph.addOutputs(builder, ports);
    int graph = SubGraph.endSubGraph(builder);
    int graphs = Model.createSubgraphsVector(builder, new int[] {graph});
    int buffers = Model.createBuffersVector(builder, new int[] {external});
    Model.startModel(builder);
    Model.addVersion(builder, 3);
    Model.addSubgraphs(builder, graphs);
    Model.addBuffers(builder, buffers);
    Model.finishModelBuffer(builder, Model.endModel(builder));
    return builder.sizedByteArray();
  }

  @Test
  void operatorsOfControlFlowAndOfNewerSchemas() {
    for (int code :
        new int[] {BuiltinOperator.IF, BuiltinOperator.WHILE, BuiltinOperator.CALL, 206, 999}) {
      assertRefused(
          DiagnosticCode.OPERATOR_UNSUPPORTED,
          "not supported",
          network(),
          model -> model.operator(1).setOpcodeIndex(model.addCode(code)));
    }
  }

  @Test
  void recurrentLayersAreToBeUnrolled() {
    for (int code : new int[] {BuiltinOperator.LSTM, BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM}) {
      Diagnostic diagnostic =
          only(network(), model -> model.operator(1).setOpcodeIndex(model.addCode(code)));
      assertThat(diagnostic.code()).isEqualTo(DiagnosticCode.OPERATOR_UNSUPPORTED);
      assertThat(diagnostic.hint()).contains("unroll=True");
    }
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
  void cyclesAndWrongOrders() {
    assertRefused(
        DiagnosticCode.MODEL_CYCLIC,
        "which runs later",
        network(),
        model ->
            model.graph().setOperators(new OperatorT[] {model.operator(1), model.operator(0)}));
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
}
