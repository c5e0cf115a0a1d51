// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.DepthwiseConv2d;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Window;
import org.junit.jupiter.api.Test;

/** Images of 12 x 8 x 2, blocks of 3 x 2. */
final class FuseDilationTest {
  private static final Window KERNEL = Window.valid(3, 2, 1, 1, 1, 1);
  private final FuseDilation pass = new FuseDilation();

  @Test
  void dilatesConvolutionsOfIntegers() {
    Graph before = joined(cut(integers(1), 1).conv2d(3, KERNEL, Activation.RELU), 1, 3).build();

    Graph after = assertFused(before);

    assertThat(after.ops().stream().filter(Conv2d.class::isInstance).map(Conv2d.class::cast))
        .extracting(Conv2d::window)
        .containsExactly(Window.valid(3, 2, 1, 1, 3, 2));
    assertThat(after.ops()).hasSize(3); // and two reshapes
  }

  @Test
  void dilatesConvolutionsOfFloatsAndSeveralImages() {
    GraphChain floats = GraphChain.graph().input("x", 2, 12, 8, 2);

    assertFused(joined(cut(floats, 2).conv2d(3, KERNEL, Activation.NONE), 2, 3).build());
  }

  @Test
  void dilatesDepthwiseConvolutions() {
    Graph before =
        joined(cut(integers(1), 1).depthwiseConv2d(2, KERNEL, Activation.NONE), 1, 4).build();

    assertThat(assertFused(before).ops()).anyMatch(DepthwiseConv2d.class::isInstance);
  }

  @Test
  void dilatesAlongOneAxis() {
    Graph before =
        GraphChain.graph()
            .input("x", 0.05f, 3, 1, 12, 2)
            .reshape(1, 4, 3, 2)
            .transpose(2, 0, 1, 3)
            .reshape(3, 1, 4, 2)
            .conv2d(3, Window.valid(1, 2, 1, 1, 1, 1), Activation.NONE)
            .reshape(3, 1, 3, 3)
            .transpose(1, 2, 0, 3)
            .reshape(1, 9, 3)
            .build();

    assertThat(assertFused(before).ops())
        .anyMatch(
            op ->
                op instanceof Conv2d conv && conv.window().equals(Window.valid(1, 2, 1, 1, 1, 3)));
  }

  @Test
  void leavesWindowsThatMeetAnEdge() {
    assertLeft(
        joined(
                cut(integers(1), 1).conv2d(3, KERNEL.padded(2, 0, 1, 0), Activation.NONE),
                1,
                3,
                4,
                4)
            .build());
  }

  @Test
  void leavesStrides() {
    Window strided = Window.valid(2, 2, 2, 1, 1, 1);
    assertLeft(joined(cut(integers(1), 1).conv2d(3, strided, Activation.NONE), 1, 3, 2, 3).build());
  }

  /** The images come in another order than they are joined in. */
  @Test
  void leavesBlocksThatAreNotJoinedAsTheyWereCut() {
    Graph crossed =
        joined(
                integers(1)
                    .reshape(1, 4, 3, 4, 2, 2)
                    .transpose(4, 2, 0, 1, 3, 5)
                    .reshape(6, 4, 4, 2)
                    .conv2d(3, KERNEL, Activation.NONE),
                1,
                3)
            .build();

    assertLeft(crossed);
  }

  @Test
  void leavesAConvolutionThatAnotherReads() {
    assertLeft(
        joined(cut(integers(1), 1).conv2d(3, KERNEL, Activation.NONE).output("cut"), 1, 3)
            .output("joined")
            .build());
  }

  private void assertLeft(Graph graph) {
    assertThat(pass.apply(graph)).isEmpty();
  }

  private Graph assertFused(Graph before) {
    Graph after = pass.apply(before).orElseThrow();
    Equivalence.assertSameOutputs(before, after);
    return after;
  }

  private static GraphChain integers(int images) {
    return GraphChain.graph().input("x", 0.05f, 3, images, 12, 8, 2);
  }

  private static GraphChain cut(GraphChain chain, int images) {
    return chain
        .reshape(images, 4, 3, 4, 2, 2)
        .transpose(2, 4, 0, 1, 3, 5)
        .reshape(6 * images, 4, 4, 2);
  }

  private static GraphChain joined(GraphChain chain, int images, int channels) {
    return joined(chain, images, channels, 2, 3);
  }

  private static GraphChain joined(
      GraphChain chain, int images, int channels, int height, int width) {
    return chain
        .reshape(3, 2, images, height, width, channels)
        .transpose(2, 3, 0, 4, 1, 5)
        .reshape(images, height * 3, width * 2, channels);
  }
}
