// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FuseActivationTest {
  private final FuseActivation pass = new FuseActivation();

  @ParameterizedTest
  @EnumSource(
      value = Unary.Kind.class,
      names = {"RELU", "RELU6", "RELU_N1_TO_1"})
  void movesAClampIntoTheConvolutionBeforeIt(Unary.Kind clamp) {
    Graph before = floats().conv2d(4, 3, 1, Activation.NONE).unary(clamp).build();

    Graph after = assertFused(before);

    assertThat(((Conv2d) after.ops().get(0)).activation())
        .isEqualTo(Activation.valueOf(clamp.name()));
    assertThat(after.outputs()).isEqualTo(before.outputs());
  }

  @Test
  void movesClampsIntoEveryOperatorThatCanCarryOne() {
    GraphChain chain = floats().depthwiseConv2d(1, 3, 1, Activation.NONE).unary(Unary.Kind.RELU);
    TensorId other = chain.last();
    chain.averagePool(2, 2).unary(Unary.Kind.RELU6).fullyConnected(4, Activation.NONE);
    chain
        .unary(Unary.Kind.RELU)
        .output("a")
        .from(other)
        .binary(Binary.Kind.MUL, other, Activation.NONE);
    Graph before = chain.unary(Unary.Kind.RELU6).output("b").build();

    assertThat(assertFused(before).ops()).hasSize(4);
  }

  @Test
  void fusesInIntegerGraphsOfOneScale() {
    Graph before = integers().conv2d(4, 3, 1, Activation.NONE).unary(Unary.Kind.RELU6).build();

    assertThat(assertFused(before).ops()).hasSize(1);
  }

  @Test
  void leavesAClampThatChangesTheScale() {
    Graph graph =
        integers()
            .conv2d(4, 3, 1, Activation.NONE)
            .scaled(0.03f, -128)
            .unary(Unary.Kind.RELU)
            .build();

    assertThat(pass.apply(graph)).isEmpty();
  }

  @Test
  void leavesATensorThatOthersRead() {
    GraphChain chain = floats().conv2d(4, 3, 1, Activation.NONE);
    TensorId conv = chain.last();
    assertThat(pass.apply(chain.unary(Unary.Kind.RELU).add(conv).build())).isEmpty();

    GraphChain port = floats().conv2d(4, 3, 1, Activation.NONE).output("raw");
    assertThat(pass.apply(port.unary(Unary.Kind.RELU).output("y").build())).isEmpty();
  }

  @Test
  void leavesASecondActivationAndOtherFunctions() {
    assertThat(
            pass.apply(floats().conv2d(4, 3, 1, Activation.RELU6).unary(Unary.Kind.RELU).build()))
        .isEmpty();
    assertThat(pass.apply(floats().conv2d(4, 3, 1, Activation.NONE).unary(Unary.Kind.TANH).build()))
        .isEqualTo(Optional.empty());
  }

  @Test
  void leavesOperatorsThatCannotClamp() {
    GraphChain chain = floats();
    TensorId other = chain.randomConstant(3);
    chain.binary(Binary.Kind.MAXIMUM, other, Activation.NONE).unary(Unary.Kind.RELU6);
    assertThat(pass.apply(chain.build())).isEmpty();
  }

  private Graph assertFused(Graph before) {
    Graph after = pass.apply(before).orElseThrow();
    Equivalence.assertSameOutputs(before, after);
    return after;
  }

  private static GraphChain floats() {
    return GraphChain.graph().input("x", 1, 6, 6, 3);
  }

  private static GraphChain integers() {
    return GraphChain.graph().input("x", 0.05f, 3, 1, 6, 6, 3);
  }
}
