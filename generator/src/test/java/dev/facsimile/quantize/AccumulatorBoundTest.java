// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Quantization;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.TransposeConv;
import dev.facsimile.graph.Window;
import dev.facsimile.report.FacsimileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AccumulatorBoundTest {
  private static final Quantization.PerTensor WEIGHTS = new Quantization.PerTensor(0.01f, 0);
  private static final Window POINT = Window.valid(1, 1, 1, 1, 1, 1);

  private static Graph conv(int zeroPoint, int depth, byte[] weights, int... biases) {
    GraphChain chain = GraphChain.graph().input("x", 0.1f, zeroPoint, 1, 1, 1, depth);
    TensorId filter = chain.constant(Shape.of(biases.length, 1, 1, depth), WEIGHTS, weights);
    TensorId bias = chain.constant(Shape.of(biases.length), Optional.empty(), biases);
    return chain.conv2d(filter, Optional.of(bias), POINT, Activation.NONE).build();
  }

  @Test
  void addsTheWorstProductsAndTheBias() {
    byte[] weights = {3, -4, 0, 1, 1, 1};
    Graph graph = conv(-128, 3, weights, 10, -100);
    // (3 + 4) * 255 + 10 against 3 * 255 + 100.
    assertThat(AccumulatorBound.prove(graph))
        .containsExactly(new AccumulatorBound(0, 0, 7 * 255 + 10));
  }

  @Test
  void takesTheZeroPointsShareOfATransposedConvolutionApart() {
    GraphChain chain = GraphChain.graph().input("x", 0.1f, -128, 1, 2, 2, 1);
    Graph graph =
        chain.transposeConv(1, Window.valid(2, 2, 2, 2, 1, 1), 4, 4, Activation.NONE).build();
    TransposeConv op = (TransposeConv) graph.ops().get(0);
    long magnitude =
        Math.abs(graph.tensor(op.bias().orElseThrow()).data().orElseThrow().toInts()[0]);
    for (byte weight : graph.tensor(op.filter()).data().orElseThrow().toBytes()) {
      magnitude += 256L * Math.abs(weight);
    }
    assertThat(AccumulatorBound.prove(graph))
        .containsExactly(new AccumulatorBound(0, 0, magnitude));
  }

  @Test
  void boundsProductsOfActivationsByTheirDepth() {
    GraphChain chain = GraphChain.graph().input("x", 0.1f, -128, 2, 3, 7);
    Graph graph = chain.batchMatMul(chain.last(), false, true).build();
    assertThat(AccumulatorBound.prove(graph))
        .containsExactly(new AccumulatorBound(0, 0, 7 * 255 * 255));
  }

  @Property(tries = 50)
  void noInputAndNoOrderEverExceedsIt(
      @ForAll @IntRange(min = -128, max = 127) int zeroPoint, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] weights = new byte[16];
    random.nextBytes(weights);
    int bias = random.nextInt(200_001) - 100_000;
    long bound = AccumulatorBound.prove(conv(zeroPoint, 16, weights, bias)).get(0).magnitude();
    long folded = bias;
    for (byte weight : weights) {
      folded -= (long) zeroPoint * weight;
    }
    assertThat(Math.abs(folded)).isLessThanOrEqualTo(bound);
    for (int trial = 0; trial < 100; trial++) {
      long plainSum = 0;
      long foldedSum = folded;
      for (byte weight : weights) {
        // Adversarial: each product as large as the running sum's sign wants it.
        int code = (weight > 0) == (trial % 2 == 0) ? 127 : -128;
        code = trial < 2 ? code : random.nextInt(256) - 128;
        plainSum += (long) weight * (code - zeroPoint);
        foldedSum += (long) weight * code;
        assertThat(Math.abs(plainSum)).isLessThanOrEqualTo(bound);
        assertThat(Math.abs(foldedSum)).isLessThanOrEqualTo(bound);
      }
      assertThat(Math.abs(plainSum + bias)).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void namesLayerAndChannelWhereASumMayOverflow() {
    byte[] weights = new byte[4];
    Arrays.fill(weights, (byte) 127);
    Graph graph = conv(-128, 2, weights, 5, Integer.MAX_VALUE - 255 * 127);
    assertThatThrownBy(() -> AccumulatorBound.prove(graph))
        .isInstanceOf(FacsimileException.class)
        .hasMessageContainingAll("F3001", "CONV_2D #0", "output channel 1", "2147516286");
  }

  @Test
  void provesDepthwiseAndFullyConnectedToo() {
    Graph graph =
        GraphChain.graph()
            .input("x", 0.1f, 3, 1, 4, 4, 2)
            .depthwiseConv2d(2, 3, 1, Activation.NONE)
            .reshape(1, 64)
            .fullyConnected(3, Activation.NONE)
            .build();
    List<AccumulatorBound> bounds = AccumulatorBound.prove(graph);
    assertThat(bounds).extracting(AccumulatorBound::operator).containsExactly(0, 2);
    assertThat(bounds).allSatisfy(bound -> assertThat(bound.spareBits()).isBetween(1, 30));
  }

  @Test
  void countsSpareBits() {
    assertThat(new AccumulatorBound(0, 0, (1L << 31) - 1).spareBits()).isZero();
    assertThat(new AccumulatorBound(0, 0, (1L << 30) - 1).spareBits()).isEqualTo(1);
    assertThat(new AccumulatorBound(0, 0, 1L << 31).holds()).isFalse();
  }
}
