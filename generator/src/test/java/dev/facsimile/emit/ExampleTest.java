// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static dev.facsimile.graph.Activation.NONE;
import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.TensorId;
import dev.facsimile.graph.Unary;
import dev.facsimile.interpret.IntegerInterpreter;
import dev.facsimile.quantize.Codes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated example on this computer, fed from the folder's vectors. */
final class ExampleTest {
  private static final int IMAGES = 40;

  @TempDir private Path folder;

  private static Graph heads() {
    GraphChain chain = graph().input("image", 0.02f, -28, 1, 4, 4, 1).reshape(1, 16);
    TensorId trunk = chain.last();
    chain.scaled(0.1f, 4).fullyConnected(1, NONE).output("logit");
    chain.from(trunk).fullyConnected(2, NONE).unary(Unary.Kind.LOGISTIC).output("probability");
    chain.from(trunk).scaled(0.03f, -100).fullyConnected(3, NONE).output("intensity");
    return chain
        .from(trunk)
        .scaled(0.1f, 4)
        .fullyConnected(3, NONE)
        .softmax(1f)
        .output("mood")
        .build();
  }

  private static Task task(String name, int channel, int channels, Task.Kind kind) {
    return new Task(name, name, channel, channels, kind, 0.5, 1, 0.01, 0, 0);
  }

  private static final List<Task> TASKS =
      List.of(
          task("logit", 0, 1, Task.Kind.OCCURRENCE),
          task("probability", 0, 1, Task.Kind.OCCURRENCE),
          task("mood", 0, 3, Task.Kind.CLASSES),
          task("intensity", 1, 2, Task.Kind.REGRESSION));

  /** So that about half of the images reach it: the middle one of an occurrence's codes. */
  private static SortedMap<String, Integer> middles(Graph graph, List<List<byte[]>> inputs) {
    IntegerInterpreter interpreter = new IntegerInterpreter(graph);
    SortedMap<String, Integer> thresholds = new TreeMap<>();
    for (int output = 0; output < 2; output++) {
      List<Integer> codes = new ArrayList<>();
      for (List<byte[]> set : inputs) {
        codes.add((int) interpreter.run(set).get(output)[0]);
      }
      thresholds.put(TASKS.get(output).name(), codes.stream().sorted().toList().get(IMAGES / 2));
    }
    return thresholds;
  }

  @Test
  void printsTheDecisionsOfEveryKindOfTask() throws Exception {
    Network network = new Network("faces", heads(), TASKS, Optional.empty());
    List<List<byte[]>> inputs = GeneratedFolder.randomInputs(network.graph(), IMAGES);
    SortedMap<String, Integer> thresholds = middles(network.graph(), inputs);
    List<String> expected = new ArrayList<>(List.of("", "selftest result=0"));
    expected.addAll(ExpectedDecisions.lines(network, thresholds, inputs));
    expected.add("stack used=unknown");

    List<String> said =
        GeneratedFolder.write(folder.resolve("out"), network, IMAGES, thresholds).make("example");

    assertThat(said).isEqualTo(expected);
    for (String kind : List.of("begins ", "ends ", "class ", "value ")) {
      assertThat(said).anyMatch(line -> line.startsWith(kind));
    }
  }

  @Test
  void aNetworkWithoutTasksTellsTheCrcOfItsOutputs() throws Exception {
    Network network = new Network("faces", heads(), List.of(), Optional.empty());

    List<String> said = GeneratedFolder.write(folder.resolve("out"), network, 1).make("example");

    assertThat(said).hasSize(5).contains("selftest result=0", "done image=0");
    assertThat(said.get(2)).matches("outputs image=0( crc=[0-9a-f]{8}){4}");
  }

  @Test
  void theBandIsATenthBelowTheThresholdsProbability() {
    IntUnaryOperator steep = code -> Math.max(0, Math.min(32768, 16384 + 1000 * code));
    assertThat(ExampleFile.band(Codes.INT8, steep, 0)).isEqualTo(3);
    assertThat(ExampleFile.band(Codes.INT8, steep, 18)).isEqualTo(4);
    assertThat(ExampleFile.band(Codes.INT8, steep, -128)).isZero();
    assertThat(ExampleFile.band(Codes.INT8, steep, 128)).isZero();
    IntUnaryOperator gentle = code -> 16384 + code / 2;
    assertThat(ExampleFile.band(Codes.INT16, gentle, 10_000)).isEqualTo(6552);
    assertThat(ExampleFile.band(Codes.INT16, gentle, 32_768)).isZero();
  }
}
