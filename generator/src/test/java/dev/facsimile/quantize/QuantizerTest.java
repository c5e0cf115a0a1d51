// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facsimile.facts.ConstantValues;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Concat;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.FullyConnected;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Quantize;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import dev.facsimile.report.FacsimileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class QuantizerTest {
  private static final Window POINT = Window.valid(1, 1, 1, 1, 1, 1);

  /** Every group gets -1..3. */
  private static Map<TensorId, Quantization.PerTensor> scales(Graph graph) {
    ScaleGroups groups = ScaleGroups.of(graph, Map.of());
    List<ValueRange> ranges = new ArrayList<>();
    groups.groups().forEach(group -> ranges.add(new ValueRange(-1, 3)));
    return groups.quantizations(ranges);
  }

  private static Graph quantized(Graph graph) {
    return Quantizer.quantize(graph, scales(graph));
  }

  @Property
  void zeroHasACodeOfItsOwnInEveryRange(
      @ForAll @DoubleRange(min = -1e4, max = 0) double min,
      @ForAll @DoubleRange(min = 0, max = 1e4) double max) {
    Quantization.PerTensor quantization = new ValueRange(min, max).toQuantization();
    assertThat(quantization.zeroPoint()).isBetween(-128, 127);
    assertThat(AffineMapping.quantize(0f, quantization)).isEqualTo((byte) quantization.zeroPoint());
    double low = (-128 - quantization.zeroPoint()) * (double) quantization.scale();
    double high = (127 - quantization.zeroPoint()) * (double) quantization.scale();
    if (max - min >= 1e-9) {
      assertThat(low).isCloseTo(min, within(0.501 * quantization.scale()));
      assertThat(high).isCloseTo(max, within(0.501 * quantization.scale()));
    }
  }

  @Test
  void givesEveryOutputChannelOfAMatrixItsOwnScale() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2);
    TensorId weights = chain.constant(Shape.of(3, 2), 127f, -12.7f, 0.1f, 0.2f, 0f, 0f);
    TensorId bias = chain.constant(Shape.of(3), 10f, -20f, 1f);
    Graph graph = connected(chain, weights, Optional.of(bias));
    Graph integer = quantized(graph);
    FullyConnected op = (FullyConnected) integer.ops().get(0);
    Tensor codes = integer.tensor(op.weights());
    assertThat(codes.type()).isEqualTo(DType.INT8);
    assertThat(ConstantValues.integers(codes)).startsWith(127, -13, 64, 127);
    assertThat(codes.quantization().orElseThrow().scale(0)).isEqualTo(1f);
    assertThat(codes.quantization().orElseThrow().scale(1)).isEqualTo((float) (0.2f / 127.0));
    Tensor biases = integer.tensor(op.bias().orElseThrow());
    assertThat(biases.type()).isEqualTo(DType.INT32);
    double[] reals = ConstantValues.reals(biases);
    assertThat(reals[0]).isCloseTo(10, within(0.01));
    assertThat(reals[1]).isCloseTo(-20, within(1e-4));
    assertThat(reals[2]).as("bias of a channel without weights").isCloseTo(1, within(1e-4));
  }

  @Test
  void keepsAHugeBiasBesideTinyWeights() {
    GraphChain chain = GraphChain.graph().input("x", 1, 1);
    TensorId weights = chain.constant(Shape.of(1, 1), 1e-12f);
    TensorId bias = chain.constant(Shape.of(1), 1e6f);
    Graph integer = quantized(connected(chain, weights, Optional.of(bias)));
    FullyConnected op = (FullyConnected) integer.ops().get(0);
    assertThat(ConstantValues.reals(integer.tensor(op.bias().orElseThrow()))[0])
        .isCloseTo(1e6, within(1.0));
    assertThat(AccumulatorBound.prove(integer)).allMatch(AccumulatorBound::holds);
  }

  private static Graph connected(GraphChain chain, TensorId weights, Optional<TensorId> bias) {
    Graph template = chain.fullyConnected(shapeOfOutput(chain, weights), Activation.NONE).build();
    FullyConnected drawn = (FullyConnected) template.ops().get(0);
    FullyConnected op =
        new FullyConnected(drawn.input(), weights, bias, drawn.output(), Activation.NONE);
    return template.withOps(List.of(op)).withoutUnusedTensors();
  }

  private static int shapeOfOutput(GraphChain chain, TensorId weights) {
    return chain.build().tensor(weights).shape().dim(0);
  }

  @Test
  void addsTheBiasThatAShiftedInputNeeds() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2, 2, 1);
    TensorId filter = chain.constant(Shape.of(2, 1, 1, 1), 1f, -2f);
    Graph graph = chain.conv2d(filter, Optional.empty(), POINT, Activation.NONE).build();
    TensorId input = graph.inputs().get(0).tensor();
    Graph integer = Quantizer.quantize(graph, scales(graph), Map.of(input, 0.25), DType.INT8);
    Conv2d conv = (Conv2d) integer.ops().get(0);
    double[] biases = ConstantValues.reals(integer.tensor(conv.bias().orElseThrow()));
    assertThat(biases[0]).isCloseTo(0.25, within(1e-3));
    assertThat(biases[1]).isCloseTo(-0.5, within(1e-3));
  }

  @Test
  void poolsPadsAndReshapesUnderTheScaleOfTheirInput() {
    Graph graph =
        GraphChain.graph()
            .input("x", 1, 4, 4, 2)
            .conv2d(2, 3, 1, Activation.RELU)
            .maxPool(2, 2)
            .pad(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0))
            .averagePool(2, 2)
            .reshape(1, 8)
            .fullyConnected(1, Activation.NONE)
            .build();
    ScaleGroups groups = ScaleGroups.of(graph, Map.of());
    assertThat(groups.groups())
        .extracting(group -> group.members().size())
        .containsExactly(1, 5, 1);
    assertThat(quantized(graph).ops()).noneMatch(Quantize.class::isInstance);
  }

  @Test
  void letsTheMaximumDecideTheRangeWhereNobodyReadsItsInput() {
    Graph graph =
        GraphChain.graph()
            .input("x", 1, 4, 4, 2)
            .conv2d(2, 3, 1, Activation.NONE)
            .maxPool(2, 2)
            .build();
    ScaleGroups.Group group = ScaleGroups.of(graph, Map.of()).groups().get(1);
    assertThat(group.representative()).isEqualTo(graph.ops().get(1).output());
  }

  @Test
  void concatenatesPrivateInputsUnderOneScale() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4, 4, 2);
    TensorId input = chain.last();
    TensorId left = chain.conv2d(2, 3, 1, Activation.RELU).last();
    chain.from(input).conv2d(3, 3, 1, Activation.NONE).concat(3, left);
    Graph graph = chain.build();
    ScaleGroups.Group group = ScaleGroups.of(graph, Map.of()).of(left);
    assertThat(group.members()).hasSize(3);
    assertThat(group.representative()).isEqualTo(graph.ops().get(2).output());
    assertThat(quantized(graph).ops()).noneMatch(Quantize.class::isInstance);
  }

  @Test
  void requantizesConcatenatedInputsThatOthersReadToo() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4, 4, 2);
    TensorId input = chain.last();
    TensorId shared = chain.conv2d(2, 3, 1, Activation.RELU).output("shared").last();
    Graph graph = chain.from(input).conv2d(3, 3, 1, Activation.NONE).concat(3, shared).build();
    ScaleGroups groups = ScaleGroups.of(graph, Map.of());
    List<ValueRange> ranges = new ArrayList<>();
    groups.groups().forEach(g -> ranges.add(new ValueRange(-1, 1 + g.index())));
    Graph integer = Quantizer.quantize(graph, groups.quantizations(ranges));
    List<Op> inserted = integer.ops().stream().filter(Quantize.class::isInstance).toList();
    assertThat(inserted).hasSize(1);
    assertThat(inserted.get(0).inputs()).containsExactly(shared);
    Concat concat = (Concat) integer.ops().get(integer.ops().size() - 1);
    assertThat(concat.inputs())
        .allSatisfy(
            id ->
                assertThat(integer.tensor(id).perTensor())
                    .isEqualTo(integer.tensor(concat.output()).perTensor()));
  }

  @Test
  void prescribesTheScalesOfProbabilitiesAndTangents() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4);
    TensorId input = chain.last();
    Graph graph =
        chain
            .unary(Unary.Kind.LOGISTIC)
            .output("p")
            .from(input)
            .unary(Unary.Kind.TANH)
            .output("t")
            .from(input)
            .softmax(1f)
            .reshape(4)
            .output("s")
            .build();
    Graph integer = quantized(graph);
    assertThat(integer.outputs())
        .extracting(port -> integer.tensor(port.tensor()).perTensor())
        .containsExactly(ScaleGroups.PROBABILITY, ScaleGroups.SIGNED_UNIT, ScaleGroups.PROBABILITY);
  }

  @Test
  void givesConstantOperandsAScaleOverTheirOwnValues() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4);
    TensorId factor = chain.constant(Shape.of(1), 0.4f);
    Graph integer = quantized(chain.binary(Binary.Kind.MUL, factor, Activation.NONE).build());
    Tensor constant = integer.tensor(((Binary) integer.ops().get(0)).b());
    assertThat(ConstantValues.reals(constant)[0]).isCloseTo(0.4, within(1e-6));
  }

  @Test
  void splitsWeightsThatTwoOperatorsShare() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2, 2, 1);
    TensorId filter = chain.constant(Shape.of(1, 1, 1, 1), 1f);
    TensorId bias = chain.constant(Shape.of(1), 1f);
    Graph graph =
        chain
            .conv2d(filter, Optional.of(bias), POINT, Activation.NONE)
            .conv2d(filter, Optional.of(bias), POINT, Activation.NONE)
            .build();
    Map<TensorId, Quantization.PerTensor> scales = new TreeMap<>(scales(graph));
    scales.put(graph.ops().get(0).output(), new Quantization.PerTensor(0.5f, 0));
    Graph integer = Quantizer.quantize(graph, scales);
    List<Integer> biases = new ArrayList<>();
    for (Op op : integer.ops()) {
      biases.add(ConstantValues.integers(integer.tensor(((Conv2d) op).bias().orElseThrow()))[0]);
    }
    assertThat(biases.get(0)).isNotEqualTo(biases.get(1));
  }

  @Test
  void givesBothOperandsOfAMinimumTheScaleOfTheResult() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2);
    TensorId six = chain.constant(Shape.of(), 6f);
    Graph graph = chain.binary(Binary.Kind.MINIMUM, six, Activation.NONE).build();
    ScaleGroups groups = ScaleGroups.of(graph, Map.of());
    Graph integer =
        Quantizer.quantize(
            graph, groups.quantizations(List.of(new ValueRange(-6, 20), new ValueRange(-6, 6))));
    IntegerContract.require(integer);
    assertThat(integer.ops()).hasSize(2);
    assertThat(integer.ops().get(0)).isInstanceOf(Quantize.class);
    Tensor constant = integer.tensor(((Binary) integer.ops().get(1)).b());
    assertThat(ConstantValues.integers(constant)).containsExactly(127);
  }

  @Test
  void refusesAtOnceEverythingThatHasNoIntegerForm() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2);
    TensorId bad = chain.constant(Shape.of(2), 1f, Float.NaN);
    Graph graph =
        chain.binary(Binary.Kind.DIV, bad, Activation.NONE).quantize(1f, 0).dequantize().build();
    assertThatThrownBy(() -> Quantizer.check(graph))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContainingAll(
            "F2101", "DIV #0", "QUANTIZE #1", "DEQUANTIZE #2", "F3002", "value 1", "is NaN");
  }
}
