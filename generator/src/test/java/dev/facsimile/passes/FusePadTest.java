// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Conv2d;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FusePadTest {
  private static final List<Integer> BEFORE = List.of(0, 1, 0, 0);
  private static final List<Integer> AFTER = List.of(0, 1, 2, 0);
  private static final Window STRIDED = Window.valid(3, 3, 2, 2, 1, 1);
  private final FusePad pass = new FusePad();

  @Test
  void movesZerosIntoConvolutions() {
    Graph before =
        integers()
            .pad(BEFORE, AFTER)
            .conv2d(4, STRIDED, Activation.RELU)
            .pad(BEFORE, AFTER)
            .depthwiseConv2d(2, STRIDED, Activation.NONE)
            .build();

    Graph after = assertFused(before);

    assertThat(after.ops()).hasSize(2);
    assertThat(((Conv2d) after.ops().get(0)).window())
        .isEqualTo(new Window(3, 3, 2, 2, 1, 1, 1, 1, 0, 2));
  }

  @Test
  void addsToThePaddingAFloatConvolutionHas() {
    Graph before = floats().pad(BEFORE, AFTER).conv2d(4, 3, 1, Activation.RELU).build();

    assertThat(assertFused(before).ops()).hasSize(1);
  }

  @Test
  void movesZerosIntoAMaximumOfValuesThatAreNeverNegative() {
    Graph before =
        floats().conv2d(4, 3, 1, Activation.RELU).pad(BEFORE, AFTER).maxPool(3, 2).build();

    assertThat(assertFused(before).ops()).hasSize(2);
  }

  @Test
  void leavesAMaximumOfNegativeValues() {
    assertThat(
            pass.apply(
                floats().conv2d(4, 3, 1, Activation.NONE).pad(BEFORE, AFTER).maxPool(3, 2).build()))
        .isEmpty();
  }

  @Test
  void leavesAMaximumSomeOfWhoseWindowsSeeZerosOnly() {
    List<Integer> wide = List.of(0, 4, 0, 0);
    assertThat(
            pass.apply(
                floats()
                    .conv2d(4, 3, 1, Activation.RELU)
                    .pad(wide, List.of(0, 0, 0, 0))
                    .maxPool(3, 1)
                    .build()))
        .isEmpty();
  }

  @Test
  void leavesAverages() {
    assertThat(pass.apply(floats().pad(BEFORE, AFTER).averagePool(3, 2).build())).isEmpty();
  }

  @Test
  void leavesZerosBetweenChannelsOrImages() {
    assertThat(
            pass.apply(
                floats()
                    .pad(List.of(0, 0, 0, 1), List.of(0, 0, 0, 0))
                    .conv2d(4, 3, 1, Activation.NONE)
                    .build()))
        .isEmpty();
  }

  private Graph assertFused(Graph before) {
    Graph after = pass.apply(before).orElseThrow();
    Equivalence.assertSameOutputs(before, after);
    return after;
  }

  private static GraphChain floats() {
    return GraphChain.graph().input("x", 1, 7, 7, 3);
  }

  private static GraphChain integers() {
    return GraphChain.graph().input("x", 0.05f, 3, 1, 7, 7, 3);
  }
}
