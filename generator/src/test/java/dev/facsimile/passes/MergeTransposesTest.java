// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.RandomMoves;
import dev.facsimile.graph.Transpose;
import dev.facsimile.graph.Unary;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MergeTransposesTest {
  private final MergeTransposes pass = new MergeTransposes();

  private static GraphChain integers() {
    return graph().input("x", 0.05f, 3, 1, 4, 5, 3).unary(Unary.Kind.LEAKY_RELU);
  }

  private static List<String> kinds(Graph graph) {
    return graph.ops().stream().map(Op::kind).toList();
  }

  private Graph merged(Graph before) {
    Graph after = pass.apply(before).orElseThrow();
    Equivalence.assertSameOutputs(before, after);
    assertThat(pass.apply(after)).isEmpty();
    return after;
  }

  @Test
  void aTransposeThatMovesExtentsOfOneIsAReshape() {
    Graph after = merged(integers().transpose(1, 2, 0, 3).build());
    assertThat(kinds(after)).containsExactly("LEAKY_RELU", "RESHAPE");
  }

  @Test
  void twoTransposesAreOne() {
    Graph after = merged(integers().transpose(0, 3, 1, 2).transpose(2, 1, 0, 3).build());
    assertThat(kinds(after)).containsExactly("LEAKY_RELU", "TRANSPOSE");
    Transpose both = (Transpose) after.ops().get(1);
    assertThat(both.permutation()).containsExactly(1, 3, 0, 2);
  }

  @Test
  void transposesThatUndoOneAnotherVanish() {
    Graph before =
        integers().transpose(0, 3, 1, 2).transpose(0, 2, 3, 1).unary(Unary.Kind.TANH).build();
    Graph after = PassPipeline.standard().run(before);
    Equivalence.assertSameOutputs(before, after);
    assertThat(kinds(after)).containsExactly("LEAKY_RELU", "TANH");
  }

  @Test
  void axesOfExtentOneBetweenThemDoNotMatter() {
    GraphChain chain = graph().input("x", 1, 1, 4, 6).transpose(0, 3, 1, 2);
    Graph before = chain.reshape(6, 1, 4, 1).transpose(3, 2, 0, 1).unary(Unary.Kind.TANH).build();
    merged(before);
    Graph after = PassPipeline.standard().run(before);
    Equivalence.assertSameOutputs(before, after);
    assertThat(kinds(after)).containsExactly("RESHAPE", "TANH");
  }

  @Test
  void aReshapeThatRegroupsElementsKeepsThemApart() {
    Graph before =
        integers().transpose(0, 3, 1, 2).reshape(1, 12, 5, 1).transpose(0, 2, 1, 3).build();
    assertThat(pass.apply(before)).isEmpty();
  }

  @Test
  void aTransposeThatIsReadElsewhereStays() {
    GraphChain chain = integers().transpose(0, 3, 1, 2).output("planes");
    Graph before = chain.transpose(0, 1, 3, 2).output("turned").build();
    Graph after = merged(before);
    assertThat(kinds(after)).containsExactly("LEAKY_RELU", "TRANSPOSE", "TRANSPOSE");
    assertThat(after.ops().get(2).inputs()).isEqualTo(after.ops().get(1).inputs());
  }

  @Test
  void anyChainOfLayoutsKeepsItsElements() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      GraphChain chain = graph().input("x", 1, 3, 1, 4, 2);
      for (int step = 0; step < 5; step++) {
        if (random.nextBoolean()) {
          new RandomMoves(random, chain).transpose();
        } else {
          int[] dims = chain.shape().dims().stream().filter(d -> d > 1).mapToInt(d -> d).toArray();
          int[] wide = new int[5];
          Arrays.fill(wide, 1);
          int at = random.nextInt(3);
          System.arraycopy(dims, 0, wide, at, dims.length);
          chain.reshape(wide);
        }
      }
      Graph before = chain.unary(Unary.Kind.RELU).build();
      Graph after = PassPipeline.standard().run(before);
      Equivalence.assertSameOutputs(before, after);
      assertThat(kinds(after).stream().filter("TRANSPOSE"::equals).count()).isLessThan(2);
    }
  }
}
