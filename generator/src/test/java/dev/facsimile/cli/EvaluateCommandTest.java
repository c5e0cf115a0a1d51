// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.GraphChain;
import dev.facsimile.tflite.TfliteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the made-up frames of test-fixtures/datasets. */
final class EvaluateCommandTest {
  private static final String DISFA =
      Path.of("..", "test-fixtures", "datasets", "disfa").toString();

  @TempDir private Path folder;
  private String tasks;

  @BeforeEach
  void describeTasks() throws IOException {
    tasks =
        Files.writeString(
                folder.resolve("tasks.yaml"),
                """
                input: { image: gray8, size: [4, 4], mean: 127.5, std: 127.5 }
                tasks:
                  - { name: AU01, channel: 0, kind: occurrence }
                  - { name: AU12, channel: 1, kind: occurrence }
                  - { name: AU12_intensity, channel: 2, kind: intensity, range: [0, 5] }
                """)
            .toString();
  }

  private String write(String name, GraphChain input) throws IOException {
    var graph = input.reshape(1, 16).fullyConnected(3, Activation.NONE).output("y").build();
    return Files.write(folder.resolve(name), TfliteWriter.write(graph).bytes()).toString();
  }

  private String integers() throws IOException {
    return write(
        "int8.tflite",
        GraphChain.graph().input("image", 1 / 127.5f, 0, 1, 4, 4, 1).scaled(0.05f, 3));
  }

  private String floats() throws IOException {
    return write("float.tflite", GraphChain.graph().input("image", 1, 4, 4, 1));
  }

  @Test
  void anIntegerNetworkIsEvaluatedAlone() throws IOException {
    CommandLine run =
        CommandLine.run(
            "evaluate", integers(), "--tasks", tasks, "--data", DISFA, "--no-calibrate");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("disfa: 9 examples of 3 people; in brackets 95 % intervals", "F1 int8", "ICC")
        .doesNotContain("float");
    assertThat(run.err()).contains("F1205", "F1206");
  }

  @Test
  void aFloatNetworkIsNoIntegerNetwork() throws IOException {
    CommandLine run =
        CommandLine.run("evaluate", floats(), "--tasks", tasks, "--data", DISFA, "--no-calibrate");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("F1204");
  }

  @Test
  void everyFigureOfBothNetworksIsThereForMachines() throws IOException {
    CommandLine run =
        CommandLine.run(
            "evaluate",
            floats(),
            "--tasks",
            tasks,
            "--calibration",
            DISFA + "@2,3",
            "--data",
            DISFA,
            "--folds",
            "--replicates",
            "50",
            "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode answer = new ObjectMapper().readTree(run.out());
    assertThat(answer.at("/people").asInt()).isEqualTo(3);
    assertThat(answer.at("/tasks/0/examples").asInt()).isEqualTo(7);
    assertThat(answer.at("/tasks/0/positives").asInt()).isEqualTo(3);
    for (String figure : new String[] {"f1", "f1_norm", "auc", "average_precision", "accuracy"}) {
      JsonNode both = answer.at("/tasks/0/figures/" + figure);
      double change = both.at("/integers/value").asDouble() - both.at("/floats/value").asDouble();
      assertThat(both.at("/change/value").asDouble()).as(figure).isEqualTo(change);
    }
    assertThat(answer.at("/tasks/2/figures/icc/integers/value").isNumber()).isTrue();
    assertThat(answer.at("/tasks/1/folds")).hasSize(3);
    assertThat(answer.at("/means/f1/change/low").isNumber()).isTrue();
  }

  @Test
  void anIntegerNetworkIsComparedWithTheFloatNetworkOfTheUser() throws IOException {
    CommandLine run =
        CommandLine.run(
            "evaluate", integers(), "--tasks", tasks, "--data", DISFA, "--against", floats());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("F1 float", "McNemar p", "change");
  }

  @Test
  void foldsAreShownWhereAskedFor() throws IOException {
    CommandLine run =
        CommandLine.run("evaluate", integers(), "--tasks", tasks, "--data", DISFA, "--folds");
    assertThat(run.out()).contains("F1 fold 1", "F1 fold 3", "mean of folds", "pooled");
  }
}
