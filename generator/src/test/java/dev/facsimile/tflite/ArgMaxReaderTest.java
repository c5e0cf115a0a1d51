// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static dev.facsimile.graph.GraphChain.graph;
import static dev.facsimile.tflite.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.ArgMax;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.quantize.Codes;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.TensorType;

final class ArgMaxReaderTest {
  /** Tensors: 0 x, 1 index, 2 axis, 3 turned, 4 order of axes. */
  private static Graph indices() {
    return graph()
        .input("x", 0.1f, 3, 2, 5, 7)
        .argMax(ArgMax.Kind.ARG_MAX, 2)
        .transpose(1, 0)
        .output("y")
        .build();
  }

  private static byte[] wide() {
    return EditedModel.of(
        indices(),
        model -> {
          model.tensor(1).setType(TensorType.INT64);
          model.tensor(2).setType(TensorType.INT64);
          model.operator(0).getBuiltinOptions().asArgMaxOptions().setOutputType(TensorType.INT64);
        });
  }

  @Test
  void readsWhatItWrites() {
    Graph graph = indices();
    assertThat(TfliteReader.read(TfliteWriter.write(graph).bytes()).graph().ops())
        .extracting("class")
        .isEqualTo(graph.ops().stream().map(Object::getClass).toList());
    Graph read = TfliteReader.read(TfliteWriter.write(graph).bytes()).graph();
    assertThat(read.tensor(read.outputs().get(0).tensor()).isIndex()).isTrue();
  }

  @Test
  void countsNegativeAxesFromTheEnd() {
    byte[] file = EditedModel.of(indices(), model -> model.setData(axisOf(model), -1, -1, -1, -1));
    assertThat(((ArgMax) TfliteReader.read(file).graph().ops().get(0)).axis()).isEqualTo(2);
  }

  /** The constant behind the first operator's input. */
  private static int axisOf(EditedModel model) {
    return model.operator(0).getInputs()[1];
  }

  @Test
  void takesWideIndicesForNarrowOnesAndSaysSo() {
    TfliteModel read = TfliteReader.read(wide());
    assertThat(read.warnings())
        .extracting(Diagnostic::code)
        .containsOnly(DiagnosticCode.INDEX_NARROWED);
    byte[] input = new byte[70];
    new Random(1).nextBytes(input);
    ByteBuffer expected =
        ByteBuffer.wrap(TfliteOracle.run(wide(), List.of(input)).get(0))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] actual = new IntegerInterpreter(read.graph()).run(List.of(input)).get(0);
    for (int i = 0; i < 10; i++) {
      assertThat((long) Codes.INT32.get(actual, i)).isEqualTo(expected.getLong(8 * i));
    }
  }

  @Test
  void refusesIndicesOfAnotherType() {
    assertRefused(
        DiagnosticCode.TYPE_UNSUPPORTED,
        "its result is INT16",
        graph().input("x", 0.1f, 3, 2, 5).argMax(ArgMax.Kind.ARG_MIN, 1).build(),
        model -> model.tensor(1).setType(TensorType.INT16));
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertRefused(
        DiagnosticCode.SHAPE_INVALID,
        "names axis 3",
        indices(),
        model -> model.setData(axisOf(model), 3, 0, 0, 0));
  }

  @Test
  void refusesToComputeWithIndices() {
    Graph graph =
        graph()
            .input("x", 0.1f, 3, 2, 5)
            .argMax(ArgMax.Kind.ARG_MAX, 1)
            .unary(Unary.Kind.RELU)
            .build();
    Graph integers =
        graph.withTensors(
            List.of(
                graph
                    .tensor(new TensorId(2))
                    .withType(DType.INT32, Quantization.PerTensor.IDENTITY)));
    assertRefused(DiagnosticCode.TYPE_UNSUPPORTED, "is INT32", integers, model -> {});
  }
}
