// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static dev.facsimile.graph.Activation.NONE;
import static dev.facsimile.graph.GraphChain.graph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Task;
import dev.facsimile.graph.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names from model files and users reach no generated file unescaped. */
final class HostileNamesTest {
  private static final List<String> HOSTILE =
      List.of(
          "*/ int system(const char *); /*",
          "$(rm -rf /)",
          "#error x\n#include \"/etc/passwd\"",
          "??/\\\nx",
          "\u202e\u00e9\u0000 \uD83D\uDE00",
          "\"; DROP TABLE",
          "x".repeat(10_000),
          "${m.prefix()} #set($x = 1)",
          "INPUT_image_BYTES",
          "TASK_COUNT",
          "int");

  @TempDir private Path folder;

  @Test
  void compilesRunsAndLeavesNoTraceOfThem() throws Exception {
    Graph graph =
        renamed(
            graph()
                .input("image", 0.05f, 3, 1, 4, 4, 1)
                .conv2d(3, 3, 1, NONE)
                .reshape(1, 48)
                .fullyConnected(2 * HOSTILE.size(), NONE)
                .build());
    List<Task> tasks = new ArrayList<>();
    Task.Kind[] kinds = {Task.Kind.OCCURRENCE, Task.Kind.INTENSITY};
    for (int i = 0; i < 2 * HOSTILE.size(); i++) {
      String name = HOSTILE.get(i / 2) + (i % 2 == 0 ? "" : "'");
      tasks.add(
          new Task(name, HOSTILE.get(0), i, 1, kinds[i % 2], 0.5, 1, 0.01, 0, i % 2 == 0 ? 0 : 5));
    }
    InputImage image = new InputImage(InputImage.Format.GRAY8, 4, 4, 100, 30);
    Network network = new Network(HOSTILE.get(0), graph, tasks, Optional.of(image));
    GeneratedFolder generated = GeneratedFolder.write(folder.resolve("out"), network, 1);
    for (String compiler : List.of("gcc", "clang")) {
      assertThat(generated.run(compiler)).contains("verdict PASS");
    }
    assertThat(generated.make("example")).contains("selftest result=0", "done image=0");
    generated.files().files().forEach(HostileNamesTest::requireHarmless);
  }

  /** Every tensor and port gets a hostile name, the same ones again and again. */
  private static Graph renamed(Graph graph) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : graph.tensors()) {
      tensors.add(tensor.withName(HOSTILE.get(tensors.size() % HOSTILE.size())));
    }
    return new Graph(
        tensors,
        graph.ops(),
        List.of(new Port(HOSTILE.get(1), graph.inputs().get(0).tensor())),
        List.of(new Port(HOSTILE.get(0), graph.outputs().get(0).tensor())));
  }

  private static void requireHarmless(String path, byte[] contents) {
    String text = new String(contents, StandardCharsets.UTF_8);
    assertThat(text).as(path).matches("(?s)[\\t\\n\\x20-\\x7E]*");
    if (!path.endsWith(".json")) {
      assertThat(text)
          .as(path)
          .doesNotContain(
              "*/ int system", "$(rm", "/etc/passwd\"", "#error x", "??/", "DROP TABLE;");
    }
  }
}
