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

final class RemoveIdentitiesTest {
  private static final List<Integer> NOTHING = List.of(0, 0, 0, 0);
  private final RemoveIdentities pass = new RemoveIdentities();

  @Test
  void removesOperatorsThatGiveBackTheirOperand() {
    GraphChain chain = floats().conv2d(4, 3, 1, Activation.NONE);
    TensorId one = chain.constant(Shape.of(1), 1f);
    TensorId zeros = chain.constant(Shape.of(4), 0f, 0f, 0f, 0f);
    chain
        .reshape(1, 6, 6, 4)
        .pad(NOTHING, NOTHING)
        .maxPool(1, 1)
        .averagePool(1, 1)
        .concat(3)
        .binary(Binary.Kind.MUL, one, Activation.NONE)
        .binary(Binary.Kind.DIV, one, Activation.NONE)
        .binary(Binary.Kind.ADD, zeros, Activation.NONE)
        .binary(Binary.Kind.SUB, zeros, Activation.NONE);

    assertThat(kinds(assertRemoved(chain.unary(Unary.Kind.TANH).build())))
        .containsExactly("CONV_2D", "TANH");
  }

  @Test
  void letsTheProducerWriteTheOutputThatAnIdentityWrote() {
    Graph before = floats().conv2d(4, 3, 1, Activation.NONE).reshape(1, 6, 6, 4).build();

    Graph after = assertRemoved(before);

    assertThat(kinds(after)).containsExactly("CONV_2D");
    assertThat(after.outputs()).isEqualTo(before.outputs());
  }

  @Test
  void mergesReshapesAndFlattening() {
    Graph before =
        floats()
            .conv2d(4, 3, 1, Activation.NONE)
            .reshape(1, 36, 4)
            .reshape(36, 4)
            .fullyConnected(3, Activation.NONE)
            .reshape(2, 54)
            .reshape(108)
            .build();

    assertThat(kinds(assertRemoved(before)))
        .containsExactly("CONV_2D", "FULLY_CONNECTED", "RESHAPE");
  }

  @Test
  void removesRequantizeWithEqualScales() {
    GraphChain same = integers().conv2d(4, 3, 1, Activation.NONE).quantize(0.05f, 3);
    GraphChain other = integers().conv2d(4, 3, 1, Activation.NONE).quantize(0.06f, 3);

    assertThat(kinds(assertRemoved(same.build()))).containsExactly("CONV_2D");
    assertThat(pass.apply(other.build())).isEmpty();
  }

  @Test
  void removesWhatNobodyReads() {
    GraphChain chain = floats().conv2d(4, 3, 1, Activation.NONE);
    TensorId read = chain.last();
    chain.unary(Unary.Kind.TANH).unary(Unary.Kind.EXP);
    Graph after = assertRemoved(chain.from(read).output("y").build());

    assertThat(kinds(after)).containsExactly("CONV_2D");
    assertThat(after.tensors()).hasSize(4);
  }

  @Test
  void leavesAnIdentityBetweenPorts() {
    assertThat(pass.apply(floats().reshape(1, 6, 6, 3).build())).isEmpty();
    assertThat(
            pass.apply(
                floats()
                    .conv2d(4, 3, 1, Activation.NONE)
                    .output("a")
                    .reshape(1, 6, 6, 4)
                    .output("b")
                    .build()))
        .isEmpty();
  }

  @Test
  void leavesFactorsThatBroadcastOrActivate() {
    GraphChain wider = floats();
    TensorId ones = wider.constant(Shape.of(2, 1, 1, 1), 1f, 1f);
    assertThat(pass.apply(wider.binary(Binary.Kind.MUL, ones, Activation.NONE).build())).isEmpty();

    GraphChain clamped = floats().conv2d(4, 3, 1, Activation.NONE);
    TensorId one = clamped.constant(Shape.of(1), 1f);
    assertThat(pass.apply(clamped.binary(Binary.Kind.MUL, one, Activation.RELU).build())).isEmpty();
  }

  private Graph assertRemoved(Graph before) {
    Graph after = pass.apply(before).orElseThrow();
    Equivalence.assertSameOutputs(before, after);
    assertThat(pass.apply(after)).isEmpty();
    return after;
  }

  private static List<String> kinds(Graph graph) {
    return graph.ops().stream().map(Op::kind).toList();
  }

  private static GraphChain floats() {
    return GraphChain.graph().input("x", 1, 6, 6, 3);
  }

  private static GraphChain integers() {
    return GraphChain.graph().input("x", 0.05f, 3, 1, 6, 6, 3);
  }
}
