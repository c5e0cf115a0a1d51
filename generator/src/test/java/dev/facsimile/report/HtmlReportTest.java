// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HtmlReportTest {
  private static final Pattern DATA =
      Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script>");

  @Test
  void carriesTheFiguresAndTheChartLibrary() throws Exception {
    String page = HtmlReport.text(report("au12"));

    JsonNode data = data(page);
    assertThat(data.at("/sizes/arena").asLong()).isEqualTo(40_960);
    assertThat(data.at("/tasks/0/f1Tuned").asDouble()).isEqualTo(0.945);
    assertThat(data.at("/tasks/0/aucFloat").isNumber()).isFalse();
    assertThat(data.at("/layers/0/name").asText()).isEqualTo("layer_00_conv2d");
    assertThat(data.at("/blocks/0/last").asInt()).isEqualTo(1);
    assertThat(page).contains("Chart.js v", "MIT License");
  }

  @Test
  void loadsNothing() {
    String page = HtmlReport.text(report("au12"));

    assertThat(page).contains("default-src 'none'");
    assertThat(page).doesNotContain("src=\"http", "href=\"http", "@import", "sourceMappingURL=");
    assertThat(page).doesNotContain("/*STYLE*/", "/*DATA*/", "/*CHARTS*/", "/*SCRIPT*/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "<img src=x onerror=alert(1)>",
        "/*SCRIPT*/ $1 \\1 ${m} #set",
        "\u2028\u0000\u202e\ud83d\ude00 '\"&amp;"
      })
  void keepsHostileNamesInsideTheData(String name) throws Exception {
    String page = HtmlReport.text(report(name));
    String harmless = HtmlReport.text(report("x"));

    assertThat(data(page).at("/model").asText()).isEqualTo(name);
    assertThat(data(page).at("/layers/0/tensor").asText()).isEqualTo(name);
    assertThat(DATA.matcher(page).replaceFirst(""))
        .isEqualTo(DATA.matcher(harmless).replaceFirst(""));
  }

  @Test
  void givesTheSameBytesAgain() {
    assertThat(HtmlReport.text(report("au12"))).isEqualTo(HtmlReport.text(report("au12")));
  }

  private static JsonNode data(String page) throws Exception {
    Matcher matcher = DATA.matcher(page);
    assertThat(matcher.find()).isTrue();
    return JsonMapper.builder().build().readTree(matcher.group(1));
  }

  private static CompilationReport report(String name) {
    double unknown = Double.NaN;
    return new CompilationReport(
        "0.1.0",
        name,
        "0".repeat(64),
        "netduinoplus2",
        new TreeMap<>(),
        new CompilationReport.Sizes(40_960, 40_960, 40_984, 143_138, 131_072, 1_048_576, 2, 1),
        List.of(
            new CompilationReport.TaskRow(
                name,
                "occurrence",
                0.1,
                3,
                "mse",
                0.004,
                0.001,
                0.5,
                7,
                0.941,
                0.93,
                0.945,
                unknown,
                unknown,
                0.2,
                0.21,
                0.99)),
        List.of("worst-task range search"),
        384,
        List.of(
            new CompilationReport.LayerRow(
                "layer_00_conv2d", "CONV_2D", name, "[1x2x2x8]", 1, 288, 12, 32, 44)),
        List.of(new CompilationReport.Block(name, 0, 32, 0, 1)));
  }
}
