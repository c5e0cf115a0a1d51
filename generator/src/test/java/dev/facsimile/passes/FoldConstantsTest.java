// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FoldConstantsTest {
  private final FoldConstants pass = new FoldConstants();

  @Test
  void computesArithmeticOnConstants() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4);
    TensorId input = chain.last();
    TensorId a = chain.randomConstant(2, 2);
    TensorId b = chain.randomConstant(1, 4);
    TensorId c = chain.from(a).reshape(1, 4).unary(Unary.Kind.TANH).add(b).last();
    Graph before = chain.from(input).binary(Binary.Kind.MUL, c, Activation.NONE).build();

    Graph after = pass.apply(before).orElseThrow();

    assertThat(after.ops().stream().map(Op::kind)).containsExactly("MUL");
    assertThat(after.tensor(c).isConstant()).isTrue();
    Equivalence.assertSameOutputs(before, after);
  }

  @Test
  void computesIntegerConstantsToo() {
    GraphChain chain = GraphChain.graph().input("x", 0.05f, 3, 1, 4);
    TensorId input = chain.last();
    TensorId a = chain.randomConstant(1, 4);
    TensorId c = chain.from(a).unary(Unary.Kind.TANH).last();
    Graph before = chain.scaled(0.1f, 0).from(input).add(c).build();

    Graph after = pass.apply(before).orElseThrow();

    assertThat(after.ops()).hasSize(1);
    Equivalence.assertSameOutputs(before, after);
  }

  /** The first step of a recurrent layer: a matrix product of the state, which is zero. */
  @Test
  void computesMatrixProductsOfConstants() {
    GraphChain chain = GraphChain.graph().input("x", 0.05f, 3, 1, 4);
    TensorId input = chain.last();
    TensorId state = chain.randomConstant(1, 5);
    TensorId first = chain.from(state).fullyConnected(4, Activation.NONE).last();
    Graph before = chain.from(input).add(first).build();

    Graph after = pass.apply(before).orElseThrow();

    assertThat(after.ops().stream().map(Op::kind)).containsExactly("ADD");
    Equivalence.assertSameOutputs(before, after);
  }

  @Test
  void widensHalfPrecisionWeights() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2);
    TensorId input = chain.last();
    TensorId half = chain.constant(Shape.of(2), 0f, 0f);
    TensorId wide = chain.from(half).dequantize().last();
    Graph graph = chain.from(input).add(wide).build();
    Graph before = graph.withTensors(List.of(halves(half)));

    Graph after = pass.apply(before).orElseThrow();

    assertThat(after.tensor(wide).data().orElseThrow().toFloats()).containsExactly(1f, -2.5f);
  }

  @Test
  void leavesWhatDependsOnTheInputAndOutputs() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4);
    TensorId constant = chain.randomConstant(1, 4);
    chain.unary(Unary.Kind.TANH).output("y").from(constant).unary(Unary.Kind.TANH).output("z");

    assertThat(pass.apply(chain.build())).isEmpty();
  }

  private static Tensor halves(TensorId id) {
    byte[] bits = {0x00, 0x3c, 0x00, (byte) 0xc1};
    return Tensor.constant(id, "half", Shape.of(2), DType.FLOAT16, ConstantBytes.of(bits));
  }
}
