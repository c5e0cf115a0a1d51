// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import org.junit.jupiter.api.Test;

final class NormalizeMeanTest {
  private final NormalizeMean pass = new NormalizeMean();

  @Test
  void writesAPoolOverTheWholeImageAsAMean() {
    Graph before = GraphChain.graph().input("x", 1, 7, 7, 5).averagePool(7, 7).build();

    Graph after = pass.apply(before).orElseThrow();

    assertThat(after.ops().get(0).kind()).isEqualTo("MEAN");
    Equivalence.assertSameOutputs(before, after);
  }

  @Test
  void leavesSmallerWindowsMaximaAndIntegers() {
    assertThat(pass.apply(GraphChain.graph().input("x", 1, 7, 7, 5).averagePool(3, 3).build()))
        .isEmpty();
    assertThat(pass.apply(GraphChain.graph().input("x", 1, 7, 7, 5).maxPool(7, 7).build()))
        .isEmpty();
    assertThat(
            pass.apply(
                GraphChain.graph().input("x", 0.1f, 0, 1, 7, 7, 5).averagePool(7, 7).build()))
        .isEmpty();
  }
}
