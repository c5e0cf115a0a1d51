// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.graph.Graph;
import dev.facsimile.graph.Port;
import dev.facsimile.graph.Task;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one entry of {@code tasks:}. */
final class TaskReader {
  static final double DEFAULT_THRESHOLD = 0.5;
  static final double DEFAULT_WEIGHT = 1.0;

  /** A loss of one hundredth of AUC: what an evaluation on a thousand images can still resolve. */
  static final double DEFAULT_TOLERANCE = 0.01;

  private static final List<String> KEYS =
      List.of(
          "name",
          "output",
          "channel",
          "channels",
          "kind",
          "threshold",
          "weight",
          "tolerance",
          "range");

  private final MappingReader reader;
  private final YamlNode.Mapping mapping;
  private final Graph graph;
  private final List<Diagnostic> problems;

  TaskReader(String fileName, YamlNode.Mapping mapping, Graph graph, List<Diagnostic> problems) {
    this.reader = new MappingReader(fileName, mapping, "a task", KEYS, problems);
    this.mapping = mapping;
    this.graph = graph;
    this.problems = problems;
  }

  static Optional<YamlNode.Scalar> nameOf(YamlNode.Mapping task) {
    return task.entries().stream()
        .filter(entry -> entry.key().text().equals("name"))
        .map(YamlNode.Entry::value)
        .filter(YamlNode.Scalar.class::isInstance)
        .map(YamlNode.Scalar.class::cast)
        .findFirst();
  }

  /** The task; empty where something was wrong and has been reported. */
  Optional<Task> read() {
    int before = problems.size();
    String name = reader.requiredText("name");
    Optional<Task.Kind> kind = reader.constant("kind", Task.Kind.class);
    Optional<Port> port = port();
    kind.ifPresent(known -> port.ifPresent(output -> checkPositions(known, output)));
    Channels channels = channels(kind.orElse(Task.Kind.OCCURRENCE), port);
    double threshold = threshold(kind);
    double weight = reader.number("weight", DEFAULT_WEIGHT);
    if (!(weight > 0)) {
      reader.problem(reader.at("weight"), "'weight' must be greater than 0", "the default is 1");
    }
    double tolerance = reader.number("tolerance", DEFAULT_TOLERANCE);
    if (!(tolerance >= 0)) {
      reader.problem(reader.at("tolerance"), "'tolerance' must not be negative", "0.01 is usual");
    }
    List<Double> range = range(kind);
    if (problems.size() != before) {
      return Optional.empty();
    }
    return Optional.of(
        new Task(
            name,
            port.orElseThrow().name(),
            channels.first(),
            channels.count(),
            kind.orElseThrow(),
            threshold,
            weight,
            tolerance,
            range.get(0),
            range.get(1)));
  }

  private record Channels(int first, int count) {}

  private Optional<Port> port() {
    List<Port> outputs = graph.outputs();
    if (!reader.has("output") && outputs.size() == 1) {
      return Optional.of(outputs.get(0));
    }
    String name = reader.requiredText("output");
    Optional<Port> port = outputs.stream().filter(p -> p.name().equals(name)).findFirst();
    if (port.isEmpty() && !name.isEmpty()) {
      reader.problem(
          DiagnosticCode.TASK_UNKNOWN_OUTPUT,
          reader.at("output"),
          "the model has no output '" + ModelLocation.printable(name) + "'",
          "its outputs are "
              + outputs.stream()
                  .map(p -> "'" + ModelLocation.printable(p.name()) + "'")
                  .collect(Collectors.joining(", ")));
    }
    return port;
  }

  /** One yes or one grade is not what a map says, and an index is a class alone. */
  private void checkPositions(Task.Kind kind, Port output) {
    if (kind != Task.Kind.CLASSES && graph.tensor(output.tensor()).isIndex()) {
      reader.problem(
          reader.at("kind"),
          "output '%s' holds the indices of classes and cannot be %s"
              .formatted(
                  ModelLocation.printable(output.name()), kind.name().toLowerCase(Locale.ROOT)),
          "call it classes");
      return;
    }
    boolean one = kind == Task.Kind.OCCURRENCE || kind == Task.Kind.INTENSITY;
    if (one && DefaultTasks.isMap(graph, output)) {
      reader.problem(
          reader.at("kind"),
          "output '%s' is a map, shaped %s, and cannot be one %s"
              .formatted(
                  ModelLocation.printable(output.name()),
                  graph.tensor(output.tensor()).shape(),
                  kind.name().toLowerCase(Locale.ROOT)),
          "pool it in the network, or call it classes or regression");
    }
  }

  private Channels channels(Task.Kind kind, Optional<Port> port) {
    int available = port.map(p -> graph.tensor(p.tensor()).channels()).orElse(1);
    boolean several = kind == Task.Kind.CLASSES || kind == Task.Kind.REGRESSION;
    Channels channels = new Channels(0, several ? available : 1);
    if (reader.has("channel") && reader.has("channels")) {
      reader.problem(reader.at("channels"), "both 'channel' and 'channels'", "keep one of the two");
    } else if (reader.has("channels") && !several) {
      reader.problem(
          reader.at("channels"),
          "only classes and regression have several channels",
          "use channel");
    } else if (reader.has("channels")) {
      channels =
          reader
              .integers("channels", 2, 0, Integer.MAX_VALUE)
              .map(list -> new Channels(list.get(0), list.get(1)))
              .orElse(channels);
    } else if (reader.has("channel")) {
      channels = new Channels(reader.integer("channel", 0, 0, Integer.MAX_VALUE), 1);
    } else if (!several && available > 1) {
      reader.problem(
          mapping, "'channel' is missing", "the output has channels 0 to " + (available - 1));
    }
    checkInside(channels, kind, port, available);
    return channels;
  }

  private void checkInside(Channels channels, Task.Kind kind, Optional<Port> port, int available) {
    YamlNode at = reader.has("channels") ? reader.at("channels") : reader.at("channel");
    if (channels.count() < 1
        || (kind == Task.Kind.CLASSES && channels.count() < 2 && !isIndex(port))) {
      reader.problem(
          at,
          kind == Task.Kind.CLASSES ? "classes need two channels" : "no channel",
          "[first, count]");
    } else if (port.isPresent() && (long) channels.first() + channels.count() > available) {
      reader.problem(
          DiagnosticCode.TASK_CHANNEL_OUT_OF_RANGE,
          at,
          "channel %d does not exist in output '%s'"
              .formatted(
                  (long) channels.first() + channels.count() - 1,
                  ModelLocation.printable(port.get().name())),
          "its channels are 0 to " + (available - 1));
    }
  }

  private boolean isIndex(Optional<Port> port) {
    return port.map(p -> graph.tensor(p.tensor()).isIndex()).orElse(false);
  }

  private double threshold(Optional<Task.Kind> kind) {
    double threshold = reader.number("threshold", DEFAULT_THRESHOLD);
    if (reader.has("threshold") && kind.isPresent() && kind.get() != Task.Kind.OCCURRENCE) {
      reader.problem(
          reader.at("threshold"), "only an occurrence has a threshold", "remove 'threshold'");
    } else if (!(threshold > 0 && threshold < 1)) {
      reader.problem(
          reader.at("threshold"),
          "'threshold' must lie between 0 and 1, both excluded",
          "it is a probability");
    }
    return threshold;
  }

  private List<Double> range(Optional<Task.Kind> kind) {
    List<Double> none = List.of(0.0, 0.0);
    if (reader.has("range") && kind.isPresent() && kind.get() != Task.Kind.INTENSITY) {
      reader.problem(reader.at("range"), "only an intensity has a range", "remove 'range'");
      return none;
    }
    if (!reader.has("range")) {
      return none;
    }
    int before = problems.size();
    List<Double> range = reader.pair("range").orElse(none);
    if (problems.size() == before && !(range.get(0) < range.get(1))) {
      reader.problem(
          reader.at("range"), "'range' must be [smallest, largest]", "for example [0, 5]");
    }
    return range;
  }
}
