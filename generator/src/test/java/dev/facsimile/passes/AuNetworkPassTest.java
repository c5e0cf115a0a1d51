// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.dataset.TasksFile;
import dev.facsimile.facts.TaskReach;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Op;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Task;
import dev.facsimile.tflite.TfliteReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Action Unit network that we ship: two heads of several tasks each on one trunk. */
final class AuNetworkPassTest {
  private static final Path FOLDER = Path.of("..", "models", "au12-mobile");

  private final Graph file = read();
  private final Graph graph = PassPipeline.standard().run(file);
  private final Network network = TasksFile.read(FOLDER.resolve("tasks.yaml"), "au12", graph);

  @Test
  void keepsFloatOutputs() {
    Equivalence.assertCloseOutputs(file, graph, 1e-5);
  }

  @Test
  void leavesOnlyOperatorsThatCompute() {
    assertThat(graph.ops().stream().map(Op::kind).distinct())
        .doesNotContain("RESHAPE", "PAD", "RELU", "RELU6", "MUL", "DEQUANTIZE");
  }

  @Test
  void givesEveryTaskAPortOfItsOwn() {
    Network split = SplitTaskHeads.each(task -> true).apply(network).orElseThrow();

    assertThat(split.graph().outputs().stream().map(Port::name))
        .hasSize(12)
        .containsAll(split.tasks().stream().map(Task::output).toList());
    for (Task task : split.tasks()) {
      assertThat(TaskReach.of(split).privateActivations(task)).hasSize(1);
    }
  }

  @Test
  void knowsWhichHeadATaskReads() {
    TaskReach reach = TaskReach.of(network);

    List<Integer> tasksPerTensor =
        graph.ops().stream().map(op -> reach.tasks(op.output()).size()).distinct().toList();

    assertThat(tasksPerTensor).startsWith(12).containsOnly(12, 5, 7);
  }

  private static Graph read() {
    try {
      return TfliteReader.read(Files.readAllBytes(FOLDER.resolve("au12.tflite"))).graph();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
