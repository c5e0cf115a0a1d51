// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's hysteresis.c, under sanitizers, on random histories. */
final class HysteresisTest {
  private static final Path SOURCES = Path.of("..", "templates", "example").toAbsolutePath();
  private static final int HISTORIES = 3000;

  /** Reads histories and prints the state after each image, a line a history. */
  private static final String PROGRAM =
      """
      #include <stdio.h>
      #include "hysteresis.h"
      int main(void)
      {
          int classes, threshold, band, on, off, count, code;
          while (scanf("%d %d %d %d %d %d", &classes, &threshold, &band, &on, &off, &count) == 6) {
              const hysteresis_rule rule = {band, (uint16_t)on, (uint16_t)off};
              hysteresis_state presence = {0, 0};
              debounce_state winner = {0, 0, 0, 0};
              while (count-- > 0 && scanf("%d", &code) == 1) {
                  int before = presence.present;
                  if (classes) {
                      int known = winner.known, shown = (int)winner.shown;
                      int changed = debounce_step(&winner, (uint16_t)on, (uint32_t)code);
                      printf("%d", winner.known ? (int)winner.shown : -1);
                      printf(changed == (known != winner.known || shown != (int)winner.shown) ? " " : "! ");
                  } else {
                      int event = hysteresis_step(&presence, &rule, threshold, code);
                      int expected = presence.present == before ? 0 : presence.present ? 1 : 2;
                      printf(event == expected ? "%d " : "%d! ", presence.present);
                  }
              }
              printf("\\n");
          }
          return 0;
      }
      """;

  @TempDir private static Path folder;

  /** A history and what it is judged by. */
  private record Case(
      boolean classes, int threshold, int band, int on, int off, List<Integer> codes) {
    int[] array() {
      return codes.stream().mapToInt(Integer::intValue).toArray();
    }

    static Case random(Random random) {
      boolean classes = random.nextInt(4) == 0;
      int[] codes = new int[random.nextInt(60)];
      int spread = classes ? 3 : 1 + random.nextInt(40);
      int threshold = random.nextInt(-128, 129);
      for (int i = 0; i < codes.length; i++) {
        // Most images are like the one before, as in a video.
        codes[i] =
            i > 0 && random.nextInt(3) > 0
                ? codes[i - 1]
                : classes ? random.nextInt(spread) : near(random, threshold, spread);
      }
      return new Case(
          classes,
          threshold,
          random.nextInt(30),
          random.nextInt(6),
          random.nextInt(6),
          Arrays.stream(codes).boxed().toList());
    }

    private static int near(Random random, int threshold, int spread) {
      return Math.max(-128, Math.min(127, threshold - spread + random.nextInt(2 * spread + 1)));
    }

    String input() {
      StringBuilder line = new StringBuilder();
      line.append(classes ? 1 : 0).append(' ').append(threshold).append(' ').append(band);
      line.append(' ').append(on).append(' ').append(off).append(' ').append(codes.size());
      codes.forEach(code -> line.append(' ').append(code));
      return line.append('\n').toString();
    }

    String expected() {
      StringBuilder line = new StringBuilder();
      if (classes) {
        int[] shown = HysteresisDefinition.shown(array(), on);
        Arrays.stream(shown).forEach(value -> line.append(value).append(' '));
      } else {
        for (boolean now : presence()) {
          line.append(now ? "1 " : "0 ");
        }
      }
      return line.toString();
    }

    boolean[] presence() {
      return HysteresisDefinition.presence(array(), threshold, band, on, off);
    }
  }

  @BeforeAll
  static void compile() throws Exception {
    Files.writeString(folder.resolve("drive.c"), PROGRAM);
    run(
        List.of(
            "gcc",
            "-std=c99",
            "-O1",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Wconversion",
            "-Wshadow",
            "-Werror",
            "-fsanitize=address,undefined",
            "-fno-sanitize-recover=all",
            "-I" + SOURCES,
            "drive.c",
            SOURCES.resolve("hysteresis.c").toString(),
            "-o",
            "drive"),
        "");
  }

  private static List<String> run(List<String> command, String input)
      throws IOException, InterruptedException {
    Path given = Files.writeString(folder.resolve("input.txt"), input);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(given.toFile())
            .redirectOutput(folder.resolve("said.txt").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    List<String> said = Files.readAllLines(folder.resolve("said.txt"));
    assertThat(process.exitValue()).as(String.join("\n", said)).isZero();
    return said;
  }

  @Test
  void decidesByWindowsOfTheHistory() throws Exception {
    Random random = new Random(11);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < HISTORIES; i++) {
      cases.add(Case.random(random));
    }
    StringBuilder input = new StringBuilder();
    cases.forEach(one -> input.append(one.input()));

    List<String> said = run(List.of("./drive"), input.toString());

    assertThat(said).isEqualTo(cases.stream().map(Case::expected).toList());
    assertThat(cases.stream().filter(one -> !one.classes() && one.expected().contains("0 1 1 0")))
        .hasSizeGreaterThan(20);
  }

  @Test
  void bandZeroAndOneImageEachWayAreTheThresholdAlone() throws Exception {
    Case plain = new Case(false, 5, 0, 1, 1, List.of(4, 5, 6, 4, 127, -128, 5));

    assertThat(run(List.of("./drive"), plain.input())).containsExactly("0 1 1 0 1 0 1 ");
  }

  @Test
  void aThresholdThatIsNeverReachedNeverBegins() throws Exception {
    Case never = new Case(false, 128, 0, 1, 1, List.of(127, 127, 127));

    assertThat(run(List.of("./drive"), never.input())).containsExactly("0 0 0 ");
  }

  /** Higher codes never make an occurrence disappear: the definition's property, so the code's. */
  @Test
  void higherCodesNeverEndAnOccurrence() {
    Random random = new Random(13);
    for (int i = 0; i < HISTORIES; i++) {
      Case low = Case.random(random);
      List<Integer> higher = low.codes().stream().map(code -> code + random.nextInt(9)).toList();
      boolean[] raised =
          new Case(false, low.threshold(), low.band(), low.on(), low.off(), higher).presence();
      boolean[] before = low.presence();
      for (int s = 0; s < before.length; s++) {
        assertThat(!before[s] || raised[s]).isTrue();
      }
    }
  }
}
