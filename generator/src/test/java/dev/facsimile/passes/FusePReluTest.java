// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FusePReluTest {
  private static final List<GraphPass> PASSES = List.of(new FusePRelu(), new RemoveIdentities());

  private final GraphChain chain = GraphChain.graph().input("x", 1, 6, 6, 2);
  private final TensorId alpha = chain.constant(Shape.of(2), 0.25f, -0.7f);
  private final TensorId slope = chain.constant(Shape.of(1), 0.3f);
  private final TensorId minus = chain.constant(Shape.of(1), -1f);
  private final TensorId x = chain.conv2d(2, 3, 1, Activation.NONE).last();
  private final TensorId positive = chain.unary(Unary.Kind.RELU).last();

  @Test
  void recognisesTheFormOfToco() {
    negativeRelu().unary(Unary.Kind.NEG).binary(Binary.Kind.MUL, alpha, Activation.NONE);
    chain.binary(Binary.Kind.ADD, positive, Activation.NONE);

    assertThat(kinds(assertFused())).containsExactly("CONV_2D", "PRELU");
  }

  @Test
  void recognisesADifference() {
    TensorId negative = negativeRelu().binary(Binary.Kind.MUL, alpha, Activation.NONE).last();
    chain.from(positive).binary(Binary.Kind.SUB, negative, Activation.NONE);

    assertThat(kinds(assertFused())).containsExactly("CONV_2D", "PRELU");
  }

  @Test
  void recognisesSignsAsFactorsAndOneSlopeForAll() {
    chain.from(x).binary(Binary.Kind.MUL, minus, Activation.NONE).unary(Unary.Kind.RELU);
    chain
        .binary(Binary.Kind.MUL, slope, Activation.NONE)
        .binary(Binary.Kind.MUL, minus, Activation.NONE);
    TensorId negative = chain.last();
    chain.from(positive).binary(Binary.Kind.ADD, negative, Activation.NONE);

    assertThat(kinds(assertFused())).containsExactly("CONV_2D", "LEAKY_RELU");
  }

  @Test
  void leavesTwoDifferentInputs() {
    TensorId other = chain.from(x).conv2d(2, 3, 1, Activation.NONE).last();
    chain.from(other).unary(Unary.Kind.NEG).unary(Unary.Kind.RELU);
    chain.binary(Binary.Kind.MUL, alpha, Activation.NONE);

    assertThat(new FusePRelu().apply(chain.add(positive).build())).isEmpty();
  }

  @Test
  void leavesASumWithAnActivationAndOtherProducts() {
    TensorId negative = negativeRelu().binary(Binary.Kind.MUL, alpha, Activation.NONE).last();
    Graph clamped =
        chain.from(positive).binary(Binary.Kind.ADD, negative, Activation.RELU6).build();
    Graph product = chain.from(positive).binary(Binary.Kind.MUL, negative, Activation.NONE).build();

    assertThat(new FusePRelu().apply(clamped)).isEmpty();
    assertThat(new FusePRelu().apply(product)).isEmpty();
  }

  private GraphChain negativeRelu() {
    return chain.from(x).unary(Unary.Kind.NEG).unary(Unary.Kind.RELU);
  }

  private Graph assertFused() {
    Graph before = chain.build();
    Graph after = new PassPipeline(PASSES).run(before);
    Equivalence.assertSameOutputs(before, after);
    return after;
  }

  private static List<String> kinds(Graph graph) {
    return graph.ops().stream().map(Op::kind).toList();
  }
}
