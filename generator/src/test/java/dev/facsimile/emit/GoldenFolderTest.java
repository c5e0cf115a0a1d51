// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.KnownAnswers;
import dev.facsimile.graph.Activation;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.plan.ExecutionPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One small network as text, so that a change of what is generated can be read in a diff. Run with
 * {@code -Dgolden.update=true} to rewrite {@code test-fixtures/golden}; read what changed.
 */
final class GoldenFolderTest {
  private static final Path GOLDEN = Path.of("..", "test-fixtures", "golden", "smile");

  private static Network smile() {
    Graph graph =
        graph()
            .input("image", 1 / 128f, 0, 1, 4, 4, 1)
            .scaled(0.1f, 4)
            .conv2d(2, 3, 2, Activation.RELU)
            .reshape(1, 8)
            .fullyConnected(1, Activation.NONE)
            .output("logits")
            .build();
    Task task = new Task("smile", "logits", 0, 1, Task.Kind.OCCURRENCE, 0.5, 1, 0.01, 0, 0);
    InputImage image = new InputImage(InputImage.Format.GRAY8, 4, 4, 127.5, 127.5);
    return new Network("smile", graph, List.of(task), Optional.of(image));
  }

  private static FileTree generated() {
    Network network = smile();
    ExecutionPlan plan = GeneratedFolder.plan(network.graph());
    NetworkFiles code = new NetworkFiles(new TemplateRenderer(), new RuntimeSources());
    return code.files(network, plan, new TreeMap<>(), GeneratedFolder.PROVENANCE)
        .putAll(code.bootTest(network, plan, KnownAnswers.of(plan), GeneratedFolder.PROVENANCE));
  }

  @Test
  void looksAsItDid() throws IOException {
    FileTree files = generated();
    List<String> paths =
        files.files().keySet().stream().filter(path -> !path.startsWith("runtime/")).toList();
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      for (String path : paths) {
        Files.createDirectories(GOLDEN.resolve(path).getParent());
        Files.writeString(GOLDEN.resolve(path), files.text(path));
      }
    }
    try (Stream<Path> golden = Files.walk(GOLDEN)) {
      assertThat(
              golden.filter(Files::isRegularFile).map(file -> GOLDEN.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(paths);
    }
    for (String path : paths) {
      assertThat(files.text(path)).as(path).isEqualTo(Files.readString(GOLDEN.resolve(path)));
    }
  }
}
