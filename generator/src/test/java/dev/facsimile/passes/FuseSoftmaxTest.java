// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Reduce;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FuseSoftmaxTest {
  private final GraphChain chain = GraphChain.graph().input("x", 3, 8);
  private final TensorId logits = chain.fullyConnected(4, Activation.NONE).last();

  @Test
  void recognisesASoftmaxWithItsMaximum() {
    TensorId most = chain.reduce(Reduce.Kind.REDUCE_MAX, true, 1).last();
    chain.from(logits).binary(Binary.Kind.SUB, most, Activation.NONE);

    assertThat(kinds(assertFused(normalised(1)))).containsExactly("FULLY_CONNECTED", "SOFTMAX");
  }

  @Test
  void recognisesASoftmaxWithoutIt() {
    assertThat(kinds(assertFused(normalised(1)))).containsExactly("FULLY_CONNECTED", "SOFTMAX");
  }

  @Test
  void leavesASumOverAnotherAxis() {
    assertThat(new FuseSoftmax().apply(normalised(0))).isEmpty();
  }

  @Test
  void leavesADivisionByASumOfSomethingElse() {
    TensorId sum = chain.reduce(Reduce.Kind.SUM, true, 1).last();
    Graph graph =
        chain
            .from(logits)
            .unary(Unary.Kind.EXP)
            .binary(Binary.Kind.DIV, sum, Activation.NONE)
            .build();

    assertThat(new FuseSoftmax().apply(graph)).isEmpty();
  }

  private Graph normalised(int axis) {
    TensorId exponentials = chain.unary(Unary.Kind.EXP).last();
    TensorId sum = chain.reduce(Reduce.Kind.SUM, true, axis).last();
    return chain.from(exponentials).binary(Binary.Kind.DIV, sum, Activation.NONE).build();
  }

  private static Graph assertFused(Graph before) {
    Graph after = new PassPipeline(List.of(new FuseSoftmax(), new RemoveIdentities())).run(before);
    Equivalence.assertCloseOutputs(before, after, 1e-6);
    return after;
  }

  private static List<String> kinds(Graph graph) {
    return graph.ops().stream().map(Op::kind).toList();
  }
}
