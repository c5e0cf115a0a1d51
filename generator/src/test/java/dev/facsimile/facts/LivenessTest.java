// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import org.junit.jupiter.api.Test;

final class LivenessTest {

  @Test
  void keepsATensorFromItsWriterToItsLastReader() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4, 4, 2);
    TensorId input = chain.last();
    TensorId conv = chain.conv2d(3, 3, 1, Activation.NONE).last();
    TensorId relu = chain.unary(Unary.Kind.RELU).last();
    TensorId sum = chain.add(conv).last();
    Liveness liveness = Liveness.of(chain.output("y").build());

    assertThat(liveness.of(input)).isEqualTo(new Liveness.Interval(0, 0));
    assertThat(liveness.of(conv)).isEqualTo(new Liveness.Interval(0, 2));
    assertThat(liveness.of(relu)).isEqualTo(new Liveness.Interval(1, 2));
    assertThat(liveness.of(sum)).isEqualTo(new Liveness.Interval(2, 2));
    assertThat(liveness.intervals()).hasSize(4);
    assertThat(liveness.diesAt(conv, 2)).isTrue();
    assertThat(liveness.diesAt(conv, 1)).isFalse();
  }

  @Test
  void keepsOutputsToTheEnd() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4);
    TensorId early = chain.unary(Unary.Kind.RELU).output("early").last();
    Graph graph = chain.unary(Unary.Kind.TANH).unary(Unary.Kind.EXP).output("late").build();

    assertThat(Liveness.of(graph).of(early)).isEqualTo(new Liveness.Interval(0, 2));
  }
}
