// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of templates/README.md. */
final class TemplateLintTest {
  private static final Path TEMPLATES = Path.of("..", "templates");
  private static final Pattern HEADER =
      Pattern.compile("## .*\\. Variables: ([\\w.$]+) \\(\\$m\\)\\.");
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "#(foreach\\(\\$\\w+ in \\$\\w+(\\.\\w+\\(\\))+\\)|if\\(\\$\\w+(\\.\\w+\\(\\))+\\)"
              + "|if\\(\\$foreach\\.hasNext\\)|else|end|parse\\(\"templates/[\\w./-]+\"\\))");
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{(H|D|\\w+|\\w+(\\.\\w+\\(\\))+)\\}");
  private static final Pattern COMPONENT = Pattern.compile("\\$\\{?m\\.(\\w+)\\(\\)");

  @Test
  void everyTemplateObeysTheRules() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path template : templates()) {
      lint(template, problems);
    }
    assertThat(problems).isEmpty();
  }

  private static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      return files.filter(file -> file.toString().endsWith(".vm")).sorted().toList();
    }
  }

  private static void lint(Path template, List<String> problems) throws IOException {
    List<String> lines = Files.readAllLines(template);
    if (lines.size() > 300) {
      problems.add(template + ": more than 300 lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!isLegal(lines.get(i))) {
        problems.add(template + ":" + (i + 1) + ": " + lines.get(i));
      }
    }
    lintHeader(template, lines, problems);
  }

  private static boolean isLegal(String line) {
    if (line.startsWith("##") || DIRECTIVE.matcher(line).matches()) {
      return true;
    }
    String text = REFERENCE.matcher(line).replaceAll("");
    return text.indexOf('#') < 0 && text.indexOf('$') < 0;
  }

  /** A class by the name that Java code calls it: Outer.Inner. */
  private static Class<?> classCalled(String name) throws ClassNotFoundException {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      int dot = name.lastIndexOf('.');
      return Class.forName(name.substring(0, dot) + "$" + name.substring(dot + 1));
    }
  }

  /** The record that the header names exists, is public, and has every component used. */
  private static void lintHeader(Path template, List<String> lines, List<String> problems) {
    Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (!header.matches()) {
      problems.add(template + ":1: no header '## ... Variables: <record> ($m).'");
      return;
    }
    TreeSet<String> used = new TreeSet<>();
    lines.forEach(line -> COMPONENT.matcher(line).results().forEach(m -> used.add(m.group(1))));
    try {
      Class<?> record = classCalled(header.group(1));
      used.removeAll(Arrays.stream(record.getMethods()).map(Method::getName).toList());
      if (!record.isRecord() || !Modifier.isPublic(record.getModifiers())) {
        problems.add(template + ":1: " + record + " is not a public record");
      }
      used.forEach(name -> problems.add(template + ": " + record + " has no " + name + "()"));
    } catch (ClassNotFoundException e) {
      problems.add(template + ":1: no class " + header.group(1));
    }
  }
}
