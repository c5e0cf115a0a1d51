// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.InputImage;
import dev.facsimile.graph.Network;
import dev.facsimile.graph.Shape;
import dev.facsimile.graph.Task;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads {@code tasks.yaml}: what the outputs of a network mean and how an image becomes its input
 * (docs/tasks.md). Strict: unknown keys, repeated names, outputs the model does not have and
 * numbers out of range are errors, all reported at once with line and column.
 */
public final class TasksFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_IMAGE_SIDE = 16_384;

  private final String fileName;
  private final Graph graph;
  private final List<Diagnostic> problems = new ArrayList<>();

  private TasksFile(String fileName, Graph graph) {
    this.fileName = fileName;
    this.graph = graph;
  }

  /**
   * Reads the file.
   *
   * @param networkName the network's name where the file gives none
   * @throws FacsimileException FILE_UNREADABLE, or TASKS_INVALID, TASK_UNKNOWN_OUTPUT and
   *     TASK_CHANNEL_OUT_OF_RANGE for everything found wrong
   */
  public static Network read(Path file, String networkName, Graph graph) {
    return parse(
        BoundedFile.displayName(file), BoundedFile.readText(file, MAX_BYTES), networkName, graph);
  }

  /** As {@link #read}, of a text already in memory. */
  public static Network parse(String fileName, String text, String networkName, Graph graph) {
    TasksFile file = new TasksFile(fileName, graph);
    Network network = file.network(YamlReader.read(fileName, text), networkName);
    if (!file.problems.isEmpty()) {
      throw new FacsimileException(file.problems);
    }
    return network;
  }

  private Network network(YamlNode root, String networkName) {
    if (!(root instanceof YamlNode.Mapping mapping)) {
      complain(root, "the file must be a mapping with the keys model, input and tasks");
      return new Network(networkName, graph, List.of(), Optional.empty());
    }
    MappingReader reader =
        new MappingReader(
            fileName, mapping, "the file", List.of("model", "input", "tasks"), problems);
    return new Network(
        reader.text("model", networkName),
        graph,
        reader.node("tasks").map(this::tasks).orElseGet(() -> DefaultTasks.of(graph)),
        reader.node("input").flatMap(this::image));
  }

  private Optional<InputImage> image(YamlNode node) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      complain(node, "'input' must be a mapping with the keys image, size, mean and std");
      return Optional.empty();
    }
    MappingReader reader =
        new MappingReader(
            fileName, mapping, "input", List.of("image", "size", "mean", "std"), problems);
    int before = problems.size();
    Optional<InputImage.Format> format = reader.constant("image", InputImage.Format.class);
    Optional<List<Integer>> size = reader.integers("size", 2, 1, MAX_IMAGE_SIDE);
    if (!reader.has("size")) {
      reader.problem(mapping, "'size' is missing", "add size: [height, width]");
    }
    double mean = reader.number("mean", 0);
    double std = reader.number("std", 1);
    if (!(std > 0)) {
      reader.problem(reader.at("std"), "'std' must be greater than 0", "usually 127.5, 255 or 1");
    }
    if (problems.size() != before) {
      return Optional.empty();
    }
    InputImage image =
        new InputImage(
            format.orElseThrow(), size.orElseThrow().get(0), size.get().get(1), mean, std);
    checkFits(image, mapping);
    return Optional.of(image);
  }

  private void checkFits(InputImage image, YamlNode at) {
    Shape expected = Shape.of(1, image.height(), image.width(), image.format().channels());
    if (graph.inputs().size() != 1) {
      complain(
          at,
          "an image describes one input but the model has " + graph.inputs().size() + " inputs");
      return;
    }
    Shape actual = graph.tensor(graph.inputs().get(0).tensor()).shape();
    if (!actual.equals(expected)) {
      complain(at, "the image is %s but the model's input is %s".formatted(expected, actual));
    }
  }

  private List<Task> tasks(YamlNode node) {
    if (!(node instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
      complain(node, "'tasks' must be a list of at least one task");
      return List.of();
    }
    List<Task> tasks = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (YamlNode item : list.items()) {
      if (item instanceof YamlNode.Mapping mapping) {
        new TaskReader(fileName, mapping, graph, problems).read().ifPresent(tasks::add);
        TaskReader.nameOf(mapping)
            .filter(name -> !names.add(name.text()))
            .ifPresent(name -> complain(name, "two tasks are called " + name.describe()));
      } else {
        complain(item, "a task must be a mapping, not " + item.describe());
      }
    }
    return tasks;
  }

  private void complain(YamlNode at, String message) {
    problems.add(
        Diagnostic.error(
            DiagnosticCode.TASKS_INVALID,
            YamlReader.place(fileName, at.line(), at.column()),
            message,
            "see docs/tasks.md for the form"));
  }
}
