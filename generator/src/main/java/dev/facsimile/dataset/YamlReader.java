// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.dataset;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.facsimile.report.Diagnostic;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads one small YAML document into {@link YamlNode}s. Bounded on purpose: no aliases (so no
 * document can expand), no deep nesting, no second document, no repeated keys.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NODES = 50_000;

  private final String fileName;
  private final YAMLParser parser;
  private int nodes;

  private YamlReader(String fileName, YAMLParser parser) {
    this.fileName = fileName;
    this.parser = parser;
  }

  /**
   * @param fileName how the file is called in diagnostics
   * @throws FacsimileException (TASKS_INVALID) where the text is not one YAML document of this form
   */
  static YamlNode read(String fileName, String text) {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      YamlReader reader = new YamlReader(fileName, parser);
      if (parser.nextToken() == null) {
        throw reader.error(1, 1, "the file is empty", "describe the tasks, see docs/tasks.md");
      }
      YamlNode root = reader.node(0);
      if (parser.nextToken() != null) {
        throw reader.here("more than one YAML document", "keep one document in the file");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw located(
          fileName,
          at == null ? 1 : at.getLineNr(),
          at == null ? 1 : at.getColumnNr(),
          "not valid YAML: " + firstLine(e.getOriginalMessage()),
          "check indentation, quotes and brackets around this place");
    } catch (IOException e) {
      throw new IllegalStateException("reading from a string cannot fail", e);
    }
  }

  private YamlNode node(int depth) throws IOException {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw here(
          "the document is nested too deeply or too large", "see docs/tasks.md for the form");
    }
    if (parser.isCurrentAlias()) {
      throw here("YAML aliases are not supported", "write the value out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(depth);
      case START_ARRAY -> sequence(depth);
      case VALUE_NULL -> new YamlNode.Scalar("", line(), column());
      default -> new YamlNode.Scalar(parser.getText(), line(), column());
    };
  }

  private YamlNode mapping(int depth) throws IOException {
    int line = line();
    int column = column();
    List<YamlNode.Entry> entries = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      YamlNode.Scalar key = new YamlNode.Scalar(parser.currentName(), line(), column());
      if (!keys.add(key.text())) {
        throw here(
            "the key '" + ModelLocation.printable(key.text()) + "' is given twice",
            "keep one of the two");
      }
      parser.nextToken();
      entries.add(new YamlNode.Entry(key, node(depth + 1)));
    }
    return new YamlNode.Mapping(entries, line, column);
  }

  private YamlNode sequence(int depth) throws IOException {
    int line = line();
    int column = column();
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return new YamlNode.Sequence(items, line, column);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private int column() {
    return parser.currentTokenLocation().getColumnNr();
  }

  private FacsimileException here(String message, String hint) {
    return error(line(), column(), message, hint);
  }

  private FacsimileException error(int line, int column, String message, String hint) {
    return located(fileName, line, column, message, hint);
  }

  private static FacsimileException located(
      String fileName, int line, int column, String message, String hint) {
    return new FacsimileException(
        List.of(
            Diagnostic.error(
                DiagnosticCode.TASKS_INVALID, place(fileName, line, column), message, hint)));
  }

  /** The place {@code tasks.yaml:12:5} in the form diagnostics carry. */
  static ModelLocation place(String fileName, int line, int column) {
    return new ModelLocation(-1, ModelLocation.printable(fileName) + ":" + line + ":" + column, "");
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return ModelLocation.printable(end < 0 ? message : message.substring(0, end));
  }
}
