// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Binary;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.FloatInterpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SplitTaskHeadsTest {
  private static final SplitTaskHeads EACH = SplitTaskHeads.each(task -> true);

  @Test
  void givesEachTaskOfAMatrixProductAPort() {
    Graph graph = trunk().fullyConnected(3, Activation.NONE).output("logits").build();
    Network before = network(graph, task("a", "logits", 0, 1), task("b", "logits", 1, 2));

    Network after = assertSplit(EACH, before);

    assertThat(names(after)).containsExactly("logits/a", "logits/b");
    assertThat(after.tasks()).extracting(Task::channel).containsExactly(0, 0);
  }

  @Test
  void splitsThroughElementwiseOperatorsAndReshape() {
    GraphChain chain = trunk().reshape(1, 1, 1, 12).conv2d(4, 1, 1, Activation.NONE);
    TensorId scale = chain.randomConstant(1, 1, 1, 4);
    chain.binary(Binary.Kind.MUL, scale, Activation.NONE).unary(Unary.Kind.LOGISTIC);
    Graph graph = chain.reshape(1, 4).output("p").build();
    Network before =
        network(graph, task("a", "p", 0, 1), task("b", "p", 1, 1), task("c", "p", 3, 1));

    Network after = assertSplit(SplitTaskHeads.groups(List.of(List.of("c", "a"))), before);

    assertThat(names(after)).containsExactly("p/a+c", "p");
    assertThat(after.tasks()).extracting(Task::channel).containsExactly(0, 0, 1);
  }

  @Test
  void takesConcatenatedHeadsApart() {
    GraphChain chain = trunk();
    TensorId trunk = chain.last();
    TensorId box = chain.fullyConnected(4, Activation.NONE).last();
    TensorId classes = chain.from(trunk).fullyConnected(3, Activation.NONE).softmax(1f).last();
    chain.from(trunk).fullyConnected(2, Activation.NONE).unary(Unary.Kind.LOGISTIC);
    Graph graph = chain.concat(1, classes, box).output("all").build();
    Network before =
        network(
            graph,
            task("smile", "all", 0, 1),
            task("frown", "all", 1, 1),
            task("class", "all", 2, 3),
            task("box", "all", 5, 4));

    Network after = assertSplit(EACH, before);

    assertThat(names(after)).containsExactly("all/smile", "all/frown", "all/class", "all/box");
    assertThat(after.graph().tensors()).noneMatch(t -> t.name().startsWith("concatenation"));
  }

  @Test
  void leavesASoftmaxWhole() {
    Graph graph = trunk().fullyConnected(3, Activation.NONE).softmax(1f).output("p").build();

    assertThat(EACH.apply(network(graph, task("a", "p", 0, 1), task("b", "p", 1, 2)))).isEmpty();
  }

  @Test
  void leavesAHeadThatOthersRead() {
    GraphChain chain = trunk().fullyConnected(2, Activation.NONE).output("logits");
    Graph graph = chain.unary(Unary.Kind.LOGISTIC).output("p").build();
    Network before =
        network(graph, task("a", "p", 0, 1), task("b", "p", 1, 1), task("c", "logits", 0, 1));

    assertThat(EACH.apply(before)).isEmpty();
  }

  @Test
  void leavesTasksThatShareChannelsTogether() {
    Graph graph = trunk().fullyConnected(3, Activation.NONE).output("y").build();
    Network before = network(graph, task("a", "y", 0, 2), task("b", "y", 1, 2));

    assertThat(EACH.apply(before)).isEmpty();
  }

  @Test
  void leavesWhatNobodyChose() {
    Graph graph = trunk().fullyConnected(3, Activation.NONE).output("y").build();
    Network before = network(graph, task("a", "y", 0, 1), task("b", "y", 1, 1));

    assertThat(SplitTaskHeads.each(task -> false).apply(before)).isEmpty();
  }

  /** Every task's values are the same before and after. */
  private static Network assertSplit(SplitTaskHeads pass, Network before) {
    Network after = pass.apply(before).orElseThrow();
    new PassPipeline(List.of()).run(after.graph());
    Random random = new Random(3);
    float[] input = new float[6 * 6 * 3];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < before.tasks().size(); i++) {
      assertThat(values(after, i, input)).isEqualTo(values(before, i, input));
    }
    return after;
  }

  private static List<Float> values(Network network, int index, float[] input) {
    Task task = network.tasks().get(index);
    List<float[]> outputs = new FloatInterpreter(network.graph()).run(List.of(input));
    float[] output = outputs.get(names(network).indexOf(task.output()));
    List<Float> values = new ArrayList<>();
    for (int c = task.channel(); c < task.channel() + task.channels(); c++) {
      values.add(output[c]);
    }
    return values;
  }

  private static GraphChain trunk() {
    return GraphChain.graph()
        .input("x", 1, 6, 6, 3)
        .conv2d(12, 3, 2, Activation.RELU)
        .averagePool(3, 3)
        .reshape(1, 12);
  }

  private static List<String> names(Network network) {
    return network.graph().outputs().stream().map(Port::name).toList();
  }

  private static Network network(Graph graph, Task... tasks) {
    return new Network("net", graph, List.of(tasks), Optional.empty());
  }

  private static Task task(String name, String output, int channel, int channels) {
    Task.Kind kind = channels == 1 ? Task.Kind.OCCURRENCE : Task.Kind.CLASSES;
    return new Task(name, output, channel, channels, kind, 0.5, 1, 0.005, 0, 0);
  }
}
