// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.graph;

import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutputShapeTest {
  private static Shape last(GraphChain builder) {
    Graph graph = builder.build();
    return graph.tensor(graph.outputs().get(0).tensor()).shape();
  }

  @Test
  void stridesRoundUpWithSamePaddingAndDownWithout() {
    assertThat(last(graph().input("x", 1, 7, 8, 3).conv2d(4, 3, 2, Activation.NONE)))
        .isEqualTo(Shape.of(1, 4, 4, 4));
    assertThat(last(graph().input("x", 1, 7, 8, 3).maxPool(2, 2))).isEqualTo(Shape.of(1, 3, 4, 3));
  }

  @Test
  void depthwiseMultipliesChannels() {
    assertThat(last(graph().input("x", 2, 5, 5, 3).depthwiseConv2d(2, 3, 1, Activation.NONE)))
        .isEqualTo(Shape.of(2, 5, 5, 6));
  }

  @Test
  void operandsBroadcastAtTheInnermostAxis() {
    assertThat(OutputShape.broadcast(Shape.of(2, 1, 4), Shape.of(3, 1)))
        .isEqualTo(Shape.of(2, 3, 4));
    assertThat(OutputShape.broadcast(Shape.of(), Shape.of(3))).isEqualTo(Shape.of(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutputShape.broadcast(Shape.of(2), Shape.of(3)));
  }

  @Test
  void reductionDropsOrKeepsAxes() {
    GraphChain dropped = graph().input("x", 2, 3, 4, 5);
    assertThat(last(dropped.reduce(Reduce.Kind.MEAN, false, 1, 2))).isEqualTo(Shape.of(2, 5));
    GraphChain kept = graph().input("x", 2, 3, 4, 5);
    assertThat(last(kept.reduce(Reduce.Kind.MEAN, true, 1, 2))).isEqualTo(Shape.of(2, 1, 1, 5));
    GraphChain scalar = graph().input("x", 2, 3);
    assertThat(last(scalar.reduce(Reduce.Kind.SUM, false, 0, 1))).isEqualTo(Shape.of());
  }

  @Test
  void padAndConcatGrowAxes() {
    GraphChain padded = graph().input("x", 1, 2, 3);
    TensorId x = padded.last();
    assertThat(last(padded.pad(List.of(0, 1, 0), List.of(0, 2, 4)))).isEqualTo(Shape.of(1, 5, 7));
    assertThat(last(padded.from(x).concat(1, x, x))).isEqualTo(Shape.of(1, 6, 3));
  }

  @Test
  void refusesOperandsThatDoNotFit() {
    GraphChain builder = graph().input("x", 1, 4, 4, 3);
    TensorId filter = builder.constant(Shape.of(1, 1, 1, 2), 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder.conv2d(
                    filter, Optional.empty(), Window.valid(1, 1, 1, 1, 1, 1), Activation.NONE))
        .withMessageContaining("reads 2 channels but the input has 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxPool(5, 1))
        .withMessageContaining("larger than the input");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.reshape(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.pad(List.of(1), List.of(1)))
        .withMessageContaining("do not fit");
  }

  @Test
  void hugeWindowsNeitherOverflowNorFit() {
    int huge = Integer.MAX_VALUE;
    Window window = new Window(huge, huge, 1, 1, huge, huge, huge, huge, 0, 0);
    assertThat(window.outputH(8)).isNotPositive();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.same(8, 8, huge, 1, 1, 1, huge, 1));
  }
}
