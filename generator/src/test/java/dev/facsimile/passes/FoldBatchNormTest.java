// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Window;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FoldBatchNormTest {
  private final FoldBatchNorm pass = new FoldBatchNorm();
  private final GraphChain chain = GraphChain.graph().input("x", 1, 6, 6, 2);

  @Test
  void foldsScaleAndOffsetIntoAConvolution() {
    chain.conv2d(3, 3, 1, Activation.NONE);
    Graph before = normalised(3, Activation.RELU);

    Graph after = assertFolded(before);

    assertThat(after.ops()).hasSize(1);
    assertThat(((Conv2d) after.ops().get(0)).activation()).isEqualTo(Activation.RELU);
  }

  @Test
  void foldsIntoDepthwiseConvolutionsAndMatrixProducts() {
    chain.depthwiseConv2d(2, 3, 1, Activation.NONE);
    TensorId quotient = chain.constant(Shape.of(1), 3f);
    chain.binary(Binary.Kind.DIV, quotient, Activation.NONE);
    TensorId difference = chain.constant(Shape.of(4), 1f, 2f, -3f, 0.5f);
    chain.binary(Binary.Kind.SUB, difference, Activation.NONE).averagePool(6, 6);
    chain.fullyConnected(5, Activation.NONE);
    Graph before = normalised(5, Activation.NONE);

    assertThat(assertFolded(before).ops()).hasSize(3);
  }

  @Test
  void foldsIntoTransposedConvolutions() {
    chain.transposeConv(3, Window.same(12, 12, 3, 3, 2, 2, 1, 1), 12, 12, Activation.NONE);

    assertThat(assertFolded(normalised(3, Activation.RELU6)).ops()).hasSize(1);
  }

  @Test
  void givesABiasToAConvolutionThatHadNone() {
    TensorId filter = chain.randomConstant(3, 1, 1, 2);
    chain.conv2d(filter, Optional.empty(), Window.valid(1, 1, 1, 1, 1, 1), Activation.NONE);

    assertThat(assertFolded(normalised(3, Activation.NONE)).ops().get(0).inputs()).hasSize(3);
  }

  @Test
  void leavesAnActivationBetween() {
    assertThat(pass.apply(chain.conv2d(3, 3, 1, Activation.RELU).build())).isEmpty();
    assertThat(pass.apply(normalised(3, Activation.NONE))).isEmpty();
  }

  @Test
  void leavesAConstantForEachPixel() {
    chain.conv2d(3, 3, 1, Activation.NONE);
    TensorId pixels = chain.randomConstant(1, 6, 6, 1);
    assertThat(pass.apply(chain.binary(Binary.Kind.MUL, pixels, Activation.NONE).build()))
        .isEmpty();
  }

  @Test
  void leavesATensorThatOthersRead() {
    TensorId conv = chain.conv2d(3, 3, 1, Activation.NONE).last();
    TensorId scale = chain.randomConstant(3);
    chain.binary(Binary.Kind.MUL, scale, Activation.NONE).add(conv);

    assertThat(pass.apply(chain.build())).isEmpty();
  }

  private Graph normalised(int channels, Activation activation) {
    TensorId scale = chain.randomConstant(channels);
    TensorId offset = chain.randomConstant(1, channels);
    TensorId value = chain.last();
    chain.from(scale).binary(Binary.Kind.MUL, value, Activation.NONE);
    return chain.binary(Binary.Kind.ADD, offset, activation).build();
  }

  private Graph assertFolded(Graph before) {
    Graph after = pass.apply(before).orElseThrow();
    Equivalence.assertCloseOutputs(before, after, 1e-5);
    return after;
  }
}
