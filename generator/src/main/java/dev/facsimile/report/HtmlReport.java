// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * {@code report/report.html}: one page that opens offline. Style, script and chart library are
 * inside; a content security policy forbids it to load or send anything.
 *
 * <p>The data are one JSON object in the page, which a script writes into the document as text and
 * never as markup, so that no name from a model file can become HTML. In the JSON every character
 * that could end the element, or look like one of the page's own markers, is escaped. The same
 * report gives the same bytes.
 */
public final class HtmlReport {
  private static final String FOLDER = "/dev/facsimile/report/";
  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.js";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HtmlReport() {}

  /** The page's text, ASCII but for what the chart library contains. */
  public static String text(CompilationReport report) {
    return resource(FOLDER + "page.html")
        .replace("/*STYLE*/", resource(FOLDER + "page.css"))
        .replace("/*DATA*/", json(report))
        .replace("/*CHARTS*/", withoutSourceMap(resource(CHARTS)))
        .replace("/*SCRIPT*/", resource(FOLDER + "page.js"));
  }

  private static String json(CompilationReport report) {
    try {
      String text = JSON.writeValueAsString(report);
      StringBuilder escaped = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean plain = c >= ' ' && c <= '~' && "<>&*".indexOf(c) < 0;
        escaped.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
      }
      return escaped.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The library's last line names a file that is not there. */
  private static String withoutSourceMap(String script) {
    return script.replaceAll("(?m)^//# sourceMappingURL=.*$", "").stripTrailing();
  }

  private static String resource(String path) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
