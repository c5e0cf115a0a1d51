// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The targets this version knows: one YAML file each in the class path folder {@code targets/}. */
public final class Targets {
  private static final String FOLDER = "/targets/";
  private static final int NEAR = 3;
  private static final long MOST_BYTES = 256 * 1024;
  private static final Pattern PRINTABLE = Pattern.compile("[\\n\\t\\x20-\\x7E]*");
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final List<Target> targets;

  private Targets(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  /** Reads the target files the tool carries. */
  public static Targets load() {
    List<Target> all = new ArrayList<>();
    for (String name : names()) {
      Target target = carried(name);
      if (!target.name().equals(name)) {
        throw new IllegalStateException(name + ".yaml names itself " + target.name());
      }
      all.add(target);
    }
    return new Targets(all);
  }

  /** All targets in the order in which lists show them. */
  public List<Target> all() {
    return targets;
  }

  /**
   * The target of that name.
   *
   * @throws FacsimileException TARGET_UNKNOWN, with names that look like it
   */
  public Target find(String name) {
    Optional<Target> found =
        targets.stream().filter(target -> target.name().equals(name)).findFirst();
    return found.orElseThrow(
        () ->
            FacsimileException.error(
                DiagnosticCode.TARGET_UNKNOWN,
                ModelLocation.NONE,
                "there is no target '" + ModelLocation.printable(name) + "'",
                hint(name)));
  }

  /**
   * The target of that name, or the one that a file of the user's describes.
   *
   * @param nameOrFile a name, or a path that ends in .yaml or .yml
   * @throws FacsimileException TARGET_UNKNOWN, FILE_UNREADABLE or TARGET_INVALID
   */
  public Target choose(String nameOrFile) {
    return nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")
        ? read(Path.of(nameOrFile))
        : find(nameOrFile);
  }

  /** Whether the tool carries a target of that name. */
  public boolean knows(String name) {
    return targets.stream().anyMatch(target -> target.name().equals(name));
  }

  /**
   * The target that a file describes. It may be the copy of one of the tool's own, but no other of
   * the same name: generated folders refer to targets by name.
   *
   * @throws FacsimileException FILE_UNREADABLE or TARGET_INVALID
   */
  public Target read(Path file) {
    Target target = parse(file, text(file));
    if (knows(target.name()) && !target.equals(find(target.name()))) {
      throw invalid(file, "the tool has another target of the name " + target.name());
    }
    return target;
  }

  private static Target parse(Path file, String yaml) {
    try {
      return parse(yaml);
    } catch (JsonProcessingException malformed) {
      throw invalid(file, malformed.getOriginalMessage());
    } catch (IllegalArgumentException impossible) {
      throw invalid(file, impossible.getMessage());
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid(file, "it is larger than any description of a board");
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
      if (!PRINTABLE.matcher(text).matches()) {
        throw invalid(file, "it holds other characters than printable ASCII");
      }
      return text.endsWith("\n") ? text : text + "\n";
    } catch (IOException unreadable) {
      throw FacsimileException.error(
          DiagnosticCode.FILE_UNREADABLE,
          ModelLocation.NONE,
          "cannot read '" + file + "': " + unreadable.getMessage(),
          "check that the file exists and may be read");
    }
  }

  private static FacsimileException invalid(Path file, String message) {
    return FacsimileException.error(
        DiagnosticCode.TARGET_INVALID,
        ModelLocation.NONE,
        "'"
            + ModelLocation.printable(file.toString())
            + "' describes no target: "
            + ModelLocation.printable(message),
        "docs/boards.md explains every key; begin with a copy of the file of a similar board");
  }

  private String hint(String name) {
    List<String> names = targets.stream().map(Target::name).toList();
    List<String> near =
        names.stream()
            .filter(known -> known.contains(name) || distance(known, name) <= NEAR)
            .sorted(Comparator.comparingInt(known -> distance(known, name)))
            .toList();
    return near.isEmpty()
        ? "one of " + String.join(", ", names)
        : "did you mean " + near.stream().collect(Collectors.joining(" or ")) + "?";
  }

  /** Levenshtein's distance: how many letters to insert, delete or change. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }

  private static List<String> names() {
    try {
      return List.of(MAPPER.readValue(resource("index"), String[].class));
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("index.yaml", malformed);
    }
  }

  private static Target carried(String name) {
    try {
      return parse(resource(name));
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      throw new IllegalStateException(name + ".yaml: " + malformed.getMessage(), malformed);
    }
  }

  private static Target parse(String yaml) throws JsonProcessingException {
    TargetFile file = MAPPER.readValue(yaml, TargetFile.class);
    Valid.that(file != null, "it is empty");
    return file.target(yaml);
  }

  private static String resource(String name) {
    try (InputStream file = Targets.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      if (file == null) {
        throw new IllegalStateException("the tool lacks its file " + FOLDER + name + ".yaml");
      }
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(FOLDER + name + ".yaml", unreadable);
    }
  }
}
