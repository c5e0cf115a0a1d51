// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.ModelLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes typed values out of one YAML mapping. Problems are added to a list instead of thrown, so
 * that the user sees all of them; a bad value reads as its default.
 */
final class MappingReader {
  private final String fileName;
  private final YamlNode.Mapping mapping;
  private final List<Diagnostic> problems;
  private final Map<String, YamlNode> values = new TreeMap<>();

  /**
   * @param what the mapping in words, for messages: "a task"
   * @param allowed the keys this mapping may have; any other is reported at once
   */
  MappingReader(
      String fileName,
      YamlNode.Mapping mapping,
      String what,
      List<String> allowed,
      List<Diagnostic> problems) {
    this.fileName = fileName;
    this.mapping = mapping;
    this.problems = problems;
    for (YamlNode.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (allowed.contains(key)) {
        values.put(key, entry.value());
      } else {
        problem(
            entry.key(),
            "%s has no key '%s'".formatted(what, ModelLocation.printable(key)),
            "known keys are " + String.join(", ", allowed));
      }
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value, or the mapping itself where the key is absent: the place to complain about. */
  YamlNode at(String key) {
    return values.getOrDefault(key, mapping);
  }

  Optional<YamlNode> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A text that must be there. */
  String requiredText(String key) {
    if (!has(key)) {
      problem(mapping, "'" + key + "' is missing", "add " + key + ": ...");
      return "";
    }
    return text(key, "");
  }

  String text(String key, String fallback) {
    YamlNode node = values.get(key);
    if (node == null) {
      return fallback;
    }
    if (node instanceof YamlNode.Scalar scalar && !scalar.text().isEmpty()) {
      return scalar.text();
    }
    problem(node, "'" + key + "' must be a text, not " + describe(node), "write one value");
    return fallback;
  }

  /** A finite number. */
  double number(String key, double fallback) {
    YamlNode node = values.get(key);
    return node == null ? fallback : parse(key, node, fallback);
  }

  /** An integer between the bounds, both included. */
  int integer(String key, int fallback, int min, int max) {
    YamlNode node = values.get(key);
    return node == null ? fallback : bounded(key, node, fallback, min, max);
  }

  /** A list of exactly {@code count} integers between the bounds; empty where absent or bad. */
  Optional<List<Integer>> integers(String key, int count, int min, int max) {
    YamlNode node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof YamlNode.Sequence list) || list.items().size() != count) {
      problem(node, "'%s' must be a list of %d integers".formatted(key, count), "write [.., ..]");
      return Optional.empty();
    }
    int before = problems.size();
    List<Integer> result = new ArrayList<>();
    list.items().forEach(item -> result.add(bounded(key, item, min, min, max)));
    return problems.size() == before ? Optional.of(result) : Optional.empty();
  }

  /** A list of two numbers; empty where absent or bad. */
  Optional<List<Double>> pair(String key) {
    YamlNode node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof YamlNode.Sequence list) || list.items().size() != 2) {
      problem(node, "'" + key + "' must be a list of 2 numbers", "write [.., ..]");
      return Optional.empty();
    }
    int before = problems.size();
    List<Double> result = new ArrayList<>();
    list.items().forEach(item -> result.add(parse(key, item, 0)));
    return problems.size() == before ? Optional.of(result) : Optional.empty();
  }

  /** One constant of an enumeration, written in lower case. */
  <E extends Enum<E>> Optional<E> constant(String key, Class<E> type) {
    String text = requiredText(key);
    List<String> known = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return Optional.of(constant);
      }
      known.add(name);
    }
    if (!text.isEmpty()) {
      problem(
          at(key),
          "'%s' is not a known %s".formatted(ModelLocation.printable(text), key),
          "one of " + String.join(", ", known));
    }
    return Optional.empty();
  }

  void problem(YamlNode at, String message, String hint) {
    problem(DiagnosticCode.TASKS_INVALID, at, message, hint);
  }

  void problem(DiagnosticCode code, YamlNode at, String message, String hint) {
    problems.add(
        Diagnostic.error(code, YamlReader.place(fileName, at.line(), at.column()), message, hint));
  }

  private double parse(String key, YamlNode node, double fallback) {
    if (node instanceof YamlNode.Scalar scalar && scalar.text().length() <= 40) {
      try {
        double value = Double.parseDouble(scalar.text());
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, like everything else that is not a finite number.
      }
    }
    problem(node, "'" + key + "' must be a number, not " + describe(node), "write a number");
    return fallback;
  }

  private int bounded(String key, YamlNode node, int fallback, int min, int max) {
    double value = parse(key, node, Double.NaN);
    if (Double.isNaN(value)) {
      return fallback;
    }
    if (value != Math.rint(value) || value < min || value > max) {
      problem(
          node,
          "'%s' must be an integer from %d to %d, not %s".formatted(key, min, max, describe(node)),
          "write an integer");
      return fallback;
    }
    return (int) value;
  }

  private static String describe(YamlNode node) {
    return ModelLocation.printable(node.describe());
  }
}
