// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.ConstantBytes;
import dev.facsimile.graph.DType;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.graph.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskReachTest {
  private static final Task SMILE = task("smile", "head", 0);
  private static final Task FROWN = task("frown", "head", 1);
  private static final Task AGE = task("age", "age", 0);

  @Test
  void followsChannelsOfAHeadToTheirTasks() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4, 4, 2);
    TensorId trunk = chain.conv2d(3, 3, 1, Activation.RELU).last();
    TensorId flat = chain.averagePool(4, 4).reshape(1, 3).last();
    TensorId logits = chain.fullyConnected(2, Activation.NONE).last();
    chain.unary(Unary.Kind.LOGISTIC).output("head");
    TensorId hidden = chain.from(flat).fullyConnected(4, Activation.RELU).last();
    Graph graph = chain.fullyConnected(1, Activation.NONE).output("age").build();

    TaskReach reach = TaskReach.of(network(graph, SMILE, FROWN, AGE));

    assertThat(reach.tasks(trunk)).containsExactly(SMILE, FROWN, AGE);
    assertThat(reach.tasks(logits)).containsExactly(SMILE, FROWN);
    assertThat(reach.tasks(logits, 1)).containsExactly(FROWN);
    assertThat(reach.tasks(hidden)).containsExactly(AGE);
    assertThat(reach.isPrivate(hidden)).isTrue();
    assertThat(reach.privateActivations(AGE)).contains(hidden).doesNotContain(flat, logits);
  }

  @Test
  void goesThroughNoWeightThatIsZero() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2, 2, 2);
    TensorId input = chain.last();
    TensorId filter = chain.constant(Shape.of(2, 1, 1, 2), 3, 0, 0, 5);
    chain.conv2d(filter, Optional.empty(), Window.valid(1, 1, 1, 1, 1, 1), Activation.NONE);
    Graph graph = chain.output("head").build();

    TaskReach reach = TaskReach.of(network(graph, SMILE, FROWN));

    assertThat(reach.tasks(input, 0)).containsExactly(SMILE);
    assertThat(reach.tasks(input, 1)).containsExactly(FROWN);
  }

  @Test
  void joinsWhatSoftmaxMixesAndSplitsWhatConcatenationJoined() {
    GraphChain chain = GraphChain.graph().input("x", 1, 4);
    TensorId input = chain.last();
    TensorId second = chain.fullyConnected(1, Activation.NONE).last();
    TensorId first = chain.from(input).fullyConnected(1, Activation.NONE).last();
    TensorId joined = chain.concat(1, second).output("head").last();
    TensorId mixed = chain.from(joined).softmax(1f).output("age").last();

    TaskReach reach = TaskReach.of(network(chain.build(), SMILE, FROWN));
    TaskReach ageToo = TaskReach.of(network(chain.build(), SMILE, FROWN, AGE));

    assertThat(reach.tasks(first)).containsExactly(SMILE);
    assertThat(reach.tasks(second)).containsExactly(FROWN);
    assertThat(reach.tasks(mixed)).isEmpty();
    assertThat(ageToo.tasks(first)).containsExactly(SMILE, AGE);
    assertThat(ageToo.tasks(second)).containsExactly(FROWN, AGE);
  }

  @Test
  void followsChannelsThroughDepthwiseAndFlattening() {
    GraphChain chain = GraphChain.graph().input("x", 1, 2, 2, 2);
    TensorId input = chain.last();
    chain.depthwiseConv2d(2, 3, 1, Activation.RELU).reshape(1, 16);
    TensorId flat = chain.last();
    TensorId output = chain.fullyConnected(1, Activation.NONE).last();
    Graph random = chain.output("head").build();
    Graph graph = random.withTensors(List.of(onlyChannelTwoCounts(random)));

    TaskReach reach = TaskReach.of(network(graph, SMILE));

    assertThat(reach.tasks(output)).containsExactly(SMILE);
    assertThat(reach.tasks(flat, 2)).containsExactly(SMILE);
    assertThat(reach.tasks(flat, 3)).isEmpty();
    assertThat(reach.tasks(input, 0)).isEmpty();
    assertThat(reach.tasks(input, 1)).containsExactly(SMILE);
  }

  /** Weights over 4 pixels of 4 channels of which only those of channel 2 are not zero. */
  private static Tensor onlyChannelTwoCounts(Graph graph) {
    TensorId weights = graph.ops().get(graph.ops().size() - 1).inputs().get(1);
    return Tensor.constant(
        weights,
        "weights",
        Shape.of(1, 16),
        DType.FLOAT32,
        ConstantBytes.ofFloats(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  private static Network network(Graph graph, Task... tasks) {
    return new Network("net", graph, List.of(tasks), Optional.empty());
  }

  private static Task task(String name, String output, int channel) {
    return new Task(name, output, channel, 1, Task.Kind.OCCURRENCE, 0.5, 1, 0.005, 0, 0);
  }
}
