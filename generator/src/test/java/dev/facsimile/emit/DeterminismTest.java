// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.KnownAnswers;
import dev.facsimile.ReferenceVectors;
import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Task;
import dev.facsimile.plan.ExecutionPlan;
import dev.facsimile.target.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same bytes in another process, locale, time zone and folder. */
final class DeterminismTest {
  @TempDir private Path folder;

  /** Writes every test network to the folder that is named; runs in a process of its own. */
  public static void main(String[] arguments) {
    GeneratedCodeTest.networks()
        .forEach(
            network -> {
              Object[] values = network.get();
              write(Path.of(arguments[0]), (String) values[0], (Graph) values[1]);
            });
  }

  private static void write(Path root, String name, Graph graph) {
    List<Task> tasks = new ArrayList<>();
    graph
        .outputs()
        .forEach(
            port ->
                tasks.add(
                    new Task(
                        port.name(), port.name(), 0, 1, Task.Kind.OCCURRENCE, 0.5, 1, 0.01, 0, 0)));
    Network network = new Network(name, graph, tasks, Optional.empty());
    ExecutionPlan plan = GeneratedFolder.plan(graph);
    OutputFolder output =
        new OutputFolder(
            network,
            plan,
            new TreeMap<>(),
            GeneratedFolder.PROVENANCE,
            Targets.load().find("mps2-an386"),
            4096);
    FolderWriter.write(
        root.resolve(name),
        output.files(
            ReferenceVectors.of(plan, GeneratedFolder.randomInputs(graph, 1)),
            KnownAnswers.of(plan),
            new TreeMap<>()));
  }

  @Test
  void twoProcessesWriteTheSameBytes() throws Exception {
    Path first = run("a", "-Duser.language=de", "-Duser.country=DE", "-Duser.timezone=UTC");
    Path second =
        run(
            "b",
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.timezone=Asia/Kathmandu",
            "-Dfile.encoding=ISO-8859-1");
    List<Path> files = files(first);
    assertThat(files(second)).isEqualTo(files).hasSizeGreaterThan(100);
    for (Path file : files) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
  }

  private Path run(String name, String... options) throws Exception {
    Path directory = Files.createDirectory(folder.resolve(name));
    Path output = directory.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(DeterminismTest.class.getName(), output.toString()));
    Path said = directory.resolve("said.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> read(said)).isZero();
    return output;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private static List<Path> files(Path root) throws java.io.IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }
}
