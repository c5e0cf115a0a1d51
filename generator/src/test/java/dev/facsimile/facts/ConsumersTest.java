// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import org.junit.jupiter.api.Test;

final class ConsumersTest {
  private final GraphChain chain = GraphChain.graph().input("x", 1, 4, 4, 2);
  private final TensorId input = chain.last();
  private final TensorId conv = chain.conv2d(3, 3, 1, Activation.NONE).last();
  private final TensorId relu = chain.unary(Unary.Kind.RELU).last();
  private final TensorId sum = chain.add(conv).last();
  private final Graph graph = chain.output("y").build();
  private final Consumers consumers = Consumers.of(graph);

  @Test
  void namesTheProducer() {
    assertThat(consumers.producer(conv)).contains(graph.ops().get(0));
    assertThat(consumers.producerStep(sum)).hasValue(2);
    assertThat(consumers.producer(input)).isEmpty();
  }

  @Test
  void listsReadersInOrder() {
    assertThat(consumers.consumerSteps(conv)).containsExactly(1, 2);
    assertThat(consumers.hasOneConsumer(conv)).isFalse();
    assertThat(consumers.onlyConsumer(relu)).contains(graph.ops().get(2));
  }

  @Test
  void countsAnOutputPortAsAReader() {
    assertThat(consumers.isGraphOutput(sum)).isTrue();
    assertThat(consumers.isUnread(sum)).isFalse();
    assertThat(consumers.hasOneConsumer(sum)).isFalse();
  }

  @Test
  void countsAnOperatorThatReadsATensorTwiceOnce() {
    GraphChain twice = GraphChain.graph().input("x", 1, 2);
    TensorId x = twice.last();
    assertThat(Consumers.of(twice.add(x).output("y").build()).hasOneConsumer(x)).isTrue();
  }
}
