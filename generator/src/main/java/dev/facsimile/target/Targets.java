// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.target;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The targets this version knows: one YAML file each in the class path folder {@code targets/}. */
public final class Targets {
  private static final String FOLDER = "/targets/";
  private static final int NEAR = 3;

  private final List<Target> targets;

  private Targets(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  /** Reads the target files the tool carries. */
  public static Targets load() {
    YAMLMapper mapper =
        YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    List<Target> all = new ArrayList<>();
    for (String name : read(mapper, "index", String[].class)) {
      Target target = read(mapper, name, TargetFile.class).target();
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

  private static <T> T read(YAMLMapper mapper, String name, Class<T> type) {
    try (InputStream file = Targets.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      if (file == null) {
        throw new IllegalStateException("the tool lacks its file " + FOLDER + name + ".yaml");
      }
      return mapper.readValue(file, type);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(FOLDER + name + ".yaml", unreadable);
    }
  }
}
