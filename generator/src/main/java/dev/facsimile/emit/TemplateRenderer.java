// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/**
 * Prints one record through one template of the class path folder {@code templates/}.
 *
 * <p>Velocity by itself deletes the word {@code #include}, prints unknown references and takes
 * {@code $n[3]} as an index. Three things make it safe for C, make and YAML: strict mode; in a
 * template a {@code #} meant for the output is written <code>${H}</code> and a dollar sign <code>
 * ${D}</code>; and every {@code #} or {@code $} that reaches the output by another way (an unknown
 * macro, an unresolved reference, a name from a model file) is an error.
 */
public final class TemplateRenderer {
  /** Private-use characters stand for # and $ until the output has been checked. */
  static final char HASH = '\uE000';

  static final char DOLLAR = '\uE001';

  private final VelocityEngine engine;

  public TemplateRenderer() {
    Properties settings = new Properties();
    settings.setProperty("resource.loaders", "class");
    settings.setProperty(
        "resource.loader.class.class",
        "org.apache.velocity.runtime.resource.loader.ClasspathResourceLoader");
    settings.setProperty("resource.loader.class.cache", "true");
    settings.setProperty("resource.default_encoding", "UTF-8");
    settings.setProperty("runtime.strict_mode.enable", "true");
    settings.setProperty("velocimacro.arguments.strict", "true");
    settings.setProperty("velocimacro.inline.allow", "false");
    settings.setProperty("velocimacro.library.path", "");
    settings.setProperty("parser.space_gobbling", "lines");
    settings.setProperty(
        "introspector.uberspect.class", "org.apache.velocity.util.introspection.SecureUberspector");
    engine = new VelocityEngine(settings);
    engine.init();
  }

  /**
   * A file that is the same for all networks and targets.
   *
   * @param resource path below {@code templates/}
   */
  public static String verbatim(String resource) {
    try (InputStream file = TemplateRenderer.class.getResourceAsStream("/templates/" + resource)) {
      if (file == null) {
        throw new IllegalStateException("the tool lacks its file templates/" + resource);
      }
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource, unreadable);
    }
  }

  /**
   * The text of one generated file.
   *
   * @param template path below {@code templates/}, such as {@code c/network.c.vm}; the name without
   *     {@code .vm} says what language the output is
   * @param model a public record; the template sees it as {@code $m}
   * @return printable ASCII, tabs and newlines only; ends with one newline
   * @throws IllegalStateException if the output holds what no generated file may hold
   */
  public String render(String template, Object model) {
    VelocityContext context = new VelocityContext();
    context.put("m", model);
    context.put("H", String.valueOf(HASH));
    context.put("D", String.valueOf(DOLLAR));
    StringWriter text = new StringWriter();
    engine.getTemplate("templates/" + template).merge(context, text);
    return RenderedText.of(template, text.toString());
  }
}
