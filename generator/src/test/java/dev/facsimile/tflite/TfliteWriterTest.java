// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.tflite;

import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Pool2d;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Model;

final class TfliteWriterTest {
  private static final Window UNEVEN = new Window(3, 2, 2, 1, 1, 2, 0, 3, 2, 1);

  /** Every output of the real interpreter for a seeded input. */
  private static List<float[]> run(Graph graph) {
    Random random = new Random(3);
    List<byte[]> inputs = new ArrayList<>();
    for (Port port : graph.inputs()) {
      float[] values = new float[graph.tensor(port.tensor()).shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      inputs.add(ConstantBytes.ofFloats(values).toBytes());
    }
    return TfliteOracle.run(TfliteWriter.write(graph).bytes(), inputs).stream()
        .map(bytes -> ConstantBytes.of(bytes).toFloats())
        .toList();
  }

  private static GraphChain image() {
    return graph().input("x", 1, 7, 6, 3);
  }

  @Test
  void theRealInterpreterRunsEveryFloatOperator() {
    GraphChain chain = image().conv2d(4, 3, 2, Activation.RELU6);
    TensorId fork = chain.last();
    chain.depthwiseConv2d(2, Window.same(4, 3, 3, 3, 1, 1, 2, 2), Activation.RELU_N1_TO_1);
    chain.conv2dWithoutBias(4, Window.valid(1, 1, 1, 1, 1, 1), Activation.NONE);
    for (Binary.Kind function : Binary.Kind.values()) {
      chain.binary(function, fork, Activation.NONE);
    }
    chain.prelu().maxPool(2, 1).averagePool(2, 1).pad(List.of(0, 1, 0, 0), List.of(0, 0, 2, 0));
    for (Unary.Kind function : Unary.Kind.values()) {
      chain.unary(function);
    }
    chain.concat(3, chain.randomConstant(chain.shape().toArray()));
    for (Reduce.Kind function : Reduce.Kind.values()) {
      chain.reduce(function, true, 1);
    }
    chain.reshape(1, chain.shape().elements()).fullyConnected(5, Activation.RELU).softmax(2);
    chain.quantize(1f / 256, -128).dequantize().output("y");
    assertThat(run(chain.build()).get(0)).hasSize(5);
  }

  @Test
  void anyOtherPaddingOfAConvolutionBecomesAPad() {
    Graph fused = image().conv2d(2, UNEVEN, Activation.NONE).build();
    Window valid = Window.valid(3, 2, 2, 1, 1, 2);
    Graph apart =
        image()
            .pad(List.of(0, 0, 2, 0), List.of(0, 3, 1, 0))
            .conv2d(2, valid, Activation.NONE)
            .build();
    assertThat(run(fused).get(0)).isEqualTo(run(apart).get(0));
    GraphChain depthwise = graph().input("x", 0.5f, 9, 1, 7, 6, 3);
    depthwise.depthwiseConv2d(2, UNEVEN, Activation.NONE);
    assertThat(TfliteReader.read(TfliteWriter.write(depthwise.build()).bytes()).graph().ops())
        .hasSize(2);
  }

  @Test
  void rowsOfAMatrixProductKeepTheAxesOfTheirInputOrAreReshaped() {
    GraphChain chain = graph().input("x", 2, 3, 4);
    TensorId weights = chain.randomConstant(5, 4);
    Graph rows = chain.fullyConnected(weights, Optional.empty(), Activation.NONE).build();
    TensorId output = rows.outputs().get(0).tensor();
    List<float[]> expected = run(rows);
    for (Shape shape : List.of(Shape.of(2, 3, 5), Shape.of(3, 2, 5), Shape.of(1, 1, 6, 5))) {
      Graph shaped = rows.withTensors(List.of(rows.tensor(output).withShape(shape)));
      assertThat(run(shaped).get(0)).isEqualTo(expected.get(0));
      Graph again = TfliteReader.read(TfliteWriter.write(shaped).bytes()).graph();
      assertThat(again.tensor(again.outputs().get(0).tensor()).shape()).isEqualTo(shape);
    }
  }

  @Test
  void aFusedActivationOfAConcatenationRunsBehindIt() {
    GraphChain chain = graph().input("x", 1, 8);
    TensorId x = chain.last();
    Graph plain = chain.concat(1, x).build();
    Graph fused =
        plain.withOps(
            List.of(
                new Concat(List.of(x, x), plain.outputs().get(0).tensor(), 1, Activation.RELU6)));
    float[] values = run(plain).get(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(6, Math.max(0, values[i]));
    }
    assertThat(run(fused).get(0)).isEqualTo(values);
  }

  @Test
  void scalarsAreReshapedToAndFro() {
    Graph graph = graph().input("x", 1, 1).reshape().reshape(1, 1, 1).build();
    assertThat(run(graph).get(0)).hasSize(1);
    assertThat(TfliteReader.read(TfliteWriter.write(graph).bytes()).graph().ops()).hasSize(2);
  }

  @Test
  void listsEveryOperatorWithoutEquivalent() {
    GraphChain chain = graph().input("x", 0.5f, 3, 1, 7, 6, 3);
    chain.pool(Pool2d.Kind.MAX_POOL_2D, UNEVEN, Activation.NONE);
    chain.unary(Unary.Kind.NEG).unary(Unary.Kind.SQRT);
    chain.scaled(0.5f / 200, 0).unary(Unary.Kind.HARD_SWISH);
    chain.binary(Binary.Kind.DIV, chain.last(), Activation.NONE);
    Graph graph = chain.build();
    FacsimileException thrown =
        catchThrowableOfType(FacsimileException.class, () -> TfliteWriter.write(graph));
    assertThat(thrown.diagnostics())
        .extracting(diagnostic -> diagnostic.where().kind())
        .containsExactly("MAX_POOL_2D", "NEG", "SQRT", "HARD_SWISH", "DIV");
    assertThat(thrown.diagnostics()).extracting(Diagnostic::hint).doesNotContain("");
  }

  /** TensorFlow Lite 2.19 ends the process there. */
  @Test
  void refusesToChooseBetweenShapesOfSixAxes() {
    FacsimileException thrown =
        catchThrowableOfType(
            FacsimileException.class, () -> TfliteWriter.write(maximum(2, 1, 2, 1, 2, 1)));
    assertThat(thrown.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.TFLITE_INEXPRESSIBLE);
    assertThat(thrown.diagnostics().get(0).message()).contains("MAXIMUM", "5 axes");
    assertThat(TfliteWriter.write(maximum(1, 1, 2, 1, 2, 1)).bytes()).isNotEmpty();
  }

  /** Of an operand of shape 1x1x2x1x2x1 and one of these {@code dims}. */
  private static Graph maximum(int... dims) {
    GraphChain chain = graph().input("a", 0.5f, 3, 1, 1, 2, 1, 2, 1);
    TensorId first = chain.last();
    chain.input("b", 0.5f, 3, dims);
    return chain.binary(Binary.Kind.MAXIMUM, first, Activation.NONE).build();
  }

  @Test
  void contentsOfConstantsLieAtMultiplesOf16() {
    byte[] file = TfliteWriter.write(image().conv2d(4, 3, 1, Activation.RELU).build()).bytes();
    Model model = Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    for (int i = 0; i < model.buffersLength(); i++) {
      Buffer buffer = model.buffers(i);
      if (buffer.dataLength() > 0) {
        assertThat(buffer.dataAsByteBuffer().position() % 16).isZero();
      }
    }
  }

  @Test
  void portsThatShareANameGetNoSignature() {
    GraphChain chain = graph().input("x", 1, 4).unary(Unary.Kind.RELU).output("same");
    chain.unary(Unary.Kind.TANH).output("same");
    byte[] file = TfliteWriter.write(chain.build()).bytes();
    Model model = Model.getRootAsModel(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    assertThat(model.signatureDefsLength()).isZero();
    assertThat(TfliteReader.read(file).graph().outputs()).hasSize(2);
  }

  @Test
  void hostileNamesSurvive() {
    String name = "a\"b\\c\n\u0000\u202e\ud83d\ude00 \ud800";
    Graph graph = graph().input(name, 1, 4).unary(Unary.Kind.RELU).output(name).build();
    byte[] file = TfliteWriter.write(graph).bytes();
    assertThat(TfliteReader.read(file).graph().inputs())
        .extracting(Port::name)
        .containsExactly(name.replace('\ud800', '?'));
    assertThat(Arrays.equals(file, TfliteWriter.write(graph).bytes())).isTrue();
  }
}
