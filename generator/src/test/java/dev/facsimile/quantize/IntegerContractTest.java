// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IntegerContractTest {
  private static GraphChain chain() {
    return GraphChain.graph().input("x", 0.05f, 3, 1, 4, 4, 2);
  }

  private static Graph retyped(Graph graph, TensorId id, DType type, Quantization quantization) {
    return graph.withTensors(List.of(graph.tensor(id).withType(type, quantization)));
  }

  private static List<DiagnosticCode> codes(Graph graph) {
    return IntegerContract.violations(graph).stream().map(Diagnostic::code).toList();
  }

  @Test
  void acceptsEveryOperator() {
    GraphChain chain = chain().scaled(0.07f, -20);
    TensorId left = chain.conv2d(4, 3, 1, Activation.RELU6).last();
    TensorId right = chain.depthwiseConv2d(1, 3, 1, Activation.NONE).last();
    Graph graph =
        chain
            .add(left)
            .binary(Binary.Kind.MUL, right, Activation.RELU)
            .binary(Binary.Kind.SUB, left, Activation.NONE)
            .prelu()
            .unary(Unary.Kind.TANH)
            .maxPool(2, 2)
            .pad(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0))
            .quantize(0.1f, 0)
            .reshape(1, 64)
            .fullyConnected(5, Activation.NONE)
            .softmax(1f)
            .build();
    assertThat(IntegerContract.violations(graph)).isEmpty();
  }

  @Test
  void refusesLongBiasesThatDoNotFitTheAccumulator() {
    Graph graph =
        GraphChain.graph()
            .input16("x", 1e-4f, 1, 4)
            .longBiases(true)
            .fullyConnected(1, Activation.NONE)
            .build();
    assertThat(IntegerContract.violations(graph)).isEmpty();
    Tensor bias =
        graph.tensors().stream().filter(t -> t.type() == DType.INT64).findFirst().orElseThrow();
    Tensor huge =
        bias.withConstant(
            bias.shape(), bias.type(), bias.quantization(), ConstantBytes.ofLongs(1L << 31));
    assertThat(codes(graph.withTensors(List.of(huge))))
        .containsExactly(DiagnosticCode.ACCUMULATOR_MAY_OVERFLOW);
  }

  @Test
  void namesEveryOperatorThatTouchesAFloat() {
    Graph graph = chain().unary(Unary.Kind.RELU).dequantize().unary(Unary.Kind.RELU).build();
    assertThat(codes(graph))
        .containsExactly(
            DiagnosticCode.TYPE_UNSUPPORTED,
            DiagnosticCode.TYPE_UNSUPPORTED,
            DiagnosticCode.TYPE_UNSUPPORTED);
    assertThatThrownBy(() -> IntegerContract.require(graph))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContaining("DEQUANTIZE #1");
  }

  @Test
  void refusesAMaximumOfDifferentScales() {
    GraphChain chain = chain();
    TensorId other = chain.scaled(0.06f, 3).randomConstant(2);
    Graph graph = chain.binary(Binary.Kind.MAXIMUM, other, Activation.NONE).build();
    assertThat(codes(graph)).containsExactly(DiagnosticCode.QUANTIZATION_UNSUPPORTED);
  }

  @Test
  void refusesASquareThatIsTooFine() {
    GraphChain chain = chain();
    TensorId other = chain.randomConstant(2);
    chain.scaled(0.05f * 0.05f / 5000, -128);
    Graph graph = chain.binary(Binary.Kind.SQUARED_DIFFERENCE, other, Activation.NONE).build();
    assertThat(codes(graph)).containsExactly(DiagnosticCode.QUANTIZATION_UNSUPPORTED);
  }

  @Test
  void refusesAPoolThatWouldRescale() {
    Graph graph = chain().maxPool(2, 2).build();
    TensorId output = graph.outputs().get(0).tensor();
    Graph rescaled = retyped(graph, output, DType.INT8, new Quantization.PerTensor(0.05f, 4));
    assertThat(codes(rescaled)).containsExactly(DiagnosticCode.QUANTIZATION_UNSUPPORTED);
  }

  @Test
  void refusesASoftmaxWhoseOutputIsNotAProbability() {
    Graph graph = chain().softmax(1f).build();
    TensorId output = graph.outputs().get(0).tensor();
    Graph rescaled = retyped(graph, output, DType.INT8, new Quantization.PerTensor(1f / 128, -128));
    assertThat(codes(rescaled)).containsExactly(DiagnosticCode.QUANTIZATION_UNSUPPORTED);
  }

  @Test
  void refusesASoftmaxOverMoreThan511Channels() {
    assertThat(codes(GraphChain.graph().input("x", 0.05f, 3, 1, 511).softmax(1f).build()))
        .isEmpty();
    assertThat(codes(GraphChain.graph().input("x", 0.05f, 3, 1, 512).softmax(1f).build()))
        .containsExactly(DiagnosticCode.PARAMETER_UNSUPPORTED);
  }

  @Test
  void refusesASumWhoseScaleIsFarBelowItsOperands() {
    GraphChain chain = chain();
    TensorId input = chain.last();
    Graph graph = chain.scaled(1e-8f, 0).add(input).build();
    assertThat(codes(graph)).containsExactly(DiagnosticCode.QUANTIZATION_UNSUPPORTED);
  }

  @Test
  void refusesAsymmetricWeightsAndFloatBiases() {
    Graph graph = chain().conv2d(4, 3, 1, Activation.NONE).build();
    TensorId filter = graph.ops().get(0).inputs().get(1);
    TensorId bias = graph.ops().get(0).inputs().get(2);
    Graph asymmetric = retyped(graph, filter, DType.INT8, new Quantization.PerTensor(0.1f, 1));
    assertThat(codes(asymmetric)).containsExactly(DiagnosticCode.QUANTIZATION_UNSUPPORTED);
    Tensor floatBias =
        new Tensor(
            bias,
            "bias",
            graph.tensor(bias).shape(),
            DType.FLOAT32,
            Optional.empty(),
            graph.tensor(bias).data(),
            -1);
    assertThat(codes(graph.withTensors(List.of(floatBias))))
        .containsExactly(DiagnosticCode.TYPE_UNSUPPORTED);
  }
}
