// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import dev.facsimile.passes.Equivalence;
import dev.facsimile.passes.PassPipeline;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RemoveDeadChannelsTest {
  private static final Window POINT = Window.valid(1, 1, 1, 1, 1, 1);
  private final PassPipeline pipeline = new PassPipeline(List.of(new RemoveDeadChannels()));

  @Test
  void foldsZeroFiltersIntoTheBiasOfAnUnpaddedConvolution() {
    GraphChain chain = integers().conv2d(6, 3, 1, Activation.RELU);
    Graph before = zeroFilters(chain.conv2d(4, POINT, Activation.NONE).build(), 0, 1, 4);

    Graph after = assertSlimmed(before);

    assertThat(shapes(after)).containsExactly("[1x6x6x4]", "[1x6x6x4]");
  }

  @Test
  void keepsAConstantThatAPaddedWindowSeesAsOtherThanZero() {
    Graph before = withBias(zeroFilters(padded(), 0, 1), 0, 1, 5000);

    assertThat(new RemoveDeadChannels().apply(before)).isEmpty();
  }

  /** Such a port is written by an operator, so that no constant takes its place. */
  @Test
  void keepsWhatAMatrixProductReadsOfAConstant() {
    GraphChain chain = GraphChain.graph().input("x", 0.05f, 3, 1, 4);
    chain.unary(Unary.Kind.TANH).output("y");
    TensorId constant = chain.randomConstant(1, 5);
    Graph graph = chain.from(constant).fullyConnected(4, Activation.NONE).output("z").build();

    Equivalence.assertSameOutputs(graph, new RemoveDeadChannels().apply(graph).orElse(graph));
  }

  @Test
  void removesAZeroBehindAPaddedWindow() {
    Graph before = zeroBiases(zeroFilters(padded(), 0, 1, 4), 0, 1, 4);

    assertThat(shapes(assertSlimmed(before))).startsWith("[1x6x6x4]");
  }

  @Test
  void followsConstantsThroughDepthwisePoolAndFlattening() {
    Graph random =
        integers()
            .conv2d(6, 3, 1, Activation.RELU)
            .depthwiseConv2d(2, Window.valid(3, 3, 1, 1, 1, 1), Activation.RELU)
            .maxPool(2, 2)
            .averagePool(2, 1)
            .reshape(1, 12)
            .fullyConnected(5, Activation.NONE)
            .build();

    Graph after = assertSlimmed(zeroFilters(random, 0, 2, 3));

    assertThat(shapes(after))
        .containsExactly("[1x6x6x4]", "[1x4x4x8]", "[1x2x2x8]", "[1x1x1x8]", "[1x8]", "[1x5]");
  }

  @Test
  void slimsBothOperandsOfASumTogether() {
    GraphChain chain = integers();
    TensorId input = chain.last();
    TensorId left = chain.conv2d(6, POINT, Activation.NONE).last();
    chain.from(input).conv2d(6, POINT, Activation.NONE).add(left).conv2d(3, POINT, Activation.NONE);

    Graph both = zeroFilters(zeroFilters(chain.build(), 0, 1, 2), 1, 1, 2, 3);
    assertThat(shapes(assertSlimmed(both)))
        .containsExactly("[1x6x6x4]", "[1x6x6x4]", "[1x6x6x4]", "[1x6x6x3]");

    Graph oneSide = zeroFilters(chain.build(), 0, 1, 2);
    assertThat(new RemoveDeadChannels().apply(oneSide)).isEmpty();
  }

  @Test
  void removesChannelsThatOnlyZeroWeightsRead() {
    Graph random =
        integers().conv2d(6, 3, 1, Activation.NONE).conv2d(2, POINT, Activation.NONE).build();
    Graph before = zeroColumns(random, 1, 0, 5);

    assertThat(shapes(assertSlimmed(before))).containsExactly("[1x6x6x4]", "[1x6x6x2]");
  }

  @Test
  void slimsConcatenationsAndTheirConstants() {
    GraphChain chain = integers();
    TensorId input = chain.last();
    TensorId left = chain.conv2d(4, POINT, Activation.NONE).last();
    chain.from(input).conv2d(4, POINT, Activation.NONE).concat(3, left);
    TensorId factors = chain.randomConstant(1, 1, 1, 8);
    chain.binary(Binary.Kind.MUL, factors, Activation.NONE).prelu();
    Graph random = chain.conv2d(3, POINT, Activation.NONE).build();

    Graph after = assertSlimmed(zeroFilters(zeroFilters(random, 0, 0), 1, 2, 3));

    assertThat(shapes(after))
        .containsExactly(
            "[1x6x6x3]", "[1x6x6x2]", "[1x6x6x5]", "[1x6x6x5]", "[1x6x6x5]", "[1x6x6x3]");
  }

  @Test
  void findsChannelsThatNeverLeaveTheirClamp() {
    Graph random =
        integers().conv2d(6, 3, 1, Activation.RELU).conv2d(2, POINT, Activation.NONE).build();
    Graph before = withBias(random, 0, 3, -100_000_000);

    assertThat(shapes(assertSlimmed(before))).containsExactly("[1x6x6x5]", "[1x6x6x2]");
  }

  @Test
  void keepsOneChannelWhereAllAreConstant() {
    Graph random =
        integers().conv2d(3, 3, 1, Activation.RELU).conv2d(2, POINT, Activation.NONE).build();

    assertThat(shapes(assertSlimmed(zeroFilters(random, 0, 0, 1, 2))))
        .containsExactly("[1x6x6x1]", "[1x6x6x2]");
  }

  @Test
  void keepsEveryChannelOfAnOutput() {
    Graph random = integers().conv2d(4, 3, 1, Activation.RELU).build();

    assertThat(new RemoveDeadChannels().apply(zeroFilters(random, 0, 0, 1))).isEmpty();
  }

  @Test
  void leavesABiasThatWouldOverflow() {
    Graph random =
        integers().conv2d(6, 3, 1, Activation.RELU).conv2d(2, POINT, Activation.NONE).build();
    Graph constant = withBias(zeroFilters(random, 0, 1), 0, 1, 5000);
    Graph before = withBias(constant, 1, 0, Integer.MAX_VALUE - 5);

    assertThat(new RemoveDeadChannels().apply(before)).isEmpty();
  }

  @Test
  void slimsFloatGraphsUpToRounding() {
    Graph random =
        GraphChain.graph()
            .input("x", 1, 6, 6, 3)
            .conv2d(6, 3, 1, Activation.RELU)
            .unary(Unary.Kind.TANH)
            .conv2d(4, POINT, Activation.NONE)
            .build();
    Graph before = zeroFilters(random, 0, 1, 4);

    Graph after = pipeline.run(before);

    assertThat(shapes(after)).containsExactly("[1x6x6x4]", "[1x6x6x4]", "[1x6x6x4]");
    Equivalence.assertCloseOutputs(before, after, 1e-6);
  }

  @Test
  void givesABiasToAnOperatorThatHadNone() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4, 4, 2).conv2d(3, 3, 1, Activation.RELU);
    TensorId filter = chain.randomConstant(2, 1, 1, 3);
    Graph random = chain.conv2d(filter, Optional.empty(), POINT, Activation.NONE).build();
    Graph before = withFloatBias(zeroFilters(random, 0, 1), 0, 1, 2f);

    Graph after = pipeline.run(before);

    assertThat(after.ops().get(1).inputs()).hasSize(3);
    Equivalence.assertCloseOutputs(before, after, 1e-6);
  }

  @Property(tries = 40)
  void preservesEveryBitOfRandomNetworks(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 63) int dead) {
    GraphChain chain = GraphChain.graph().seed(seed).input("x", 0.05f, 3, 1, 6, 6, 3);
    TensorId left = chain.conv2d(6, 3, 1, Activation.RELU).last();
    chain.depthwiseConv2d(1, 3, 1, Activation.RELU6).conv2d(6, 1, 1, Activation.NONE).add(left);
    Graph random =
        chain
            .maxPool(2, 2)
            .conv2d(4, 3, 2, Activation.RELU)
            .reshape(1, 16)
            .fullyConnected(3, Activation.NONE)
            .build();
    Graph before = random;
    for (int bit = 0; bit < 6; bit++) {
      if ((dead >> bit & 1) == 1) {
        before = zeroFilters(zeroFilters(before, 0, bit), 2, bit);
        before = bit % 2 == 0 ? zeroBiases(before, 0, bit) : before;
      }
    }
    Equivalence.assertSameOutputs(before, pipeline.run(before));
  }

  private Graph assertSlimmed(Graph before) {
    Graph after = pipeline.run(before);
    assertThat(after).isNotSameAs(before);
    Equivalence.assertSameOutputs(before, after);
    return after;
  }

  private static GraphChain integers() {
    return GraphChain.graph().input("x", 0.05f, 3, 1, 6, 6, 3);
  }

  private static Graph padded() {
    return integers().conv2d(6, 3, 1, Activation.RELU).conv2d(4, 3, 1, Activation.NONE).build();
  }

  private static List<String> shapes(Graph graph) {
    return graph.ops().stream().map(op -> graph.tensor(op.output()).shape().toString()).toList();
  }

  /** Zeroes whole filters (axis 0) of operator {@code step}. */
  private static Graph zeroFilters(Graph graph, int step, int... filters) {
    Tensor filter = operand(graph, step, 1);
    byte[] bytes = filter.data().orElseThrow().toBytes();
    int size = bytes.length / filter.shape().dim(0);
    for (int index : filters) {
      Arrays.fill(bytes, index * size, (index + 1) * size, (byte) 0);
    }
    return withContents(graph, filter, ConstantBytes.of(bytes));
  }

  /** Zeroes what an integer operator makes of some input channels (innermost axis). */
  private static Graph zeroColumns(Graph graph, int step, int... columns) {
    Tensor filter = operand(graph, step, 1);
    byte[] bytes = filter.data().orElseThrow().toBytes();
    for (int column : columns) {
      for (int i = column; i < bytes.length; i += filter.shape().channels()) {
        bytes[i] = 0;
      }
    }
    return withContents(graph, filter, ConstantBytes.of(bytes));
  }

  private static Graph zeroBiases(Graph graph, int step, int... channels) {
    Graph zeroed = graph;
    for (int channel : channels) {
      zeroed = withBias(zeroed, step, channel, 0);
    }
    return zeroed;
  }

  private static Graph withBias(Graph graph, int step, int channel, int value) {
    Tensor bias = operand(graph, step, 2);
    int[] values = bias.data().orElseThrow().toInts();
    values[channel] = value;
    return withContents(graph, bias, ConstantBytes.ofInts(values));
  }

  private static Graph withFloatBias(Graph graph, int step, int channel, float value) {
    Tensor bias = operand(graph, step, 2);
    float[] values = bias.data().orElseThrow().toFloats();
    values[channel] = value;
    return withContents(graph, bias, ConstantBytes.ofFloats(values));
  }

  private static Tensor operand(Graph graph, int step, int index) {
    Op op = graph.ops().get(step);
    return graph.tensor(op.inputs().get(index));
  }

  private static Graph withContents(Graph graph, Tensor tensor, ConstantBytes contents) {
    Shape shape = tensor.shape();
    return graph.withTensors(
        List.of(tensor.withConstant(shape, tensor.type(), tensor.quantization(), contents)));
  }
}
