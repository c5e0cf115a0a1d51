// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code make arduino}, held against Arduino's library specification 1.5, revision 2.2. Neither
 * Arduino's builder nor its core is here: the tests compile what it compiles, with its include
 * path.
 */
final class ArduinoLibraryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Stands in for Arduino's core: what the sketch uses of it, on a computer. */
  private static final String STAND_IN_CORE =
      """
      #include <stdio.h>
      struct Port {
        void begin(unsigned long) {}
        void print(const char *text) { printf("%s", text); }
        void println(const char *text) { printf("%s\\n", text); }
        void println(unsigned long value) { printf("%lu\\n", value); }
      };
      static Port Serial;
      static unsigned long micros() { return 0; }
      static void delay(unsigned long) {}
      #include "infer.ino"
      int main()
      {
        setup();
        loop();
        return 0;
      }
      """;

  @TempDir private Path root;

  private Path library;
  private Path source;

  @BeforeEach
  void make() {
    PresentTools.require("make", "clang", InstalledTools.CROSS_COMPILER);
    Path folder = root.resolve("network");
    PackagedNetwork.write(folder, "host");
    PackagedNetwork.assertSucceeded(
        ChildProcess.run(List.of("make", "-s", "arduino"), folder, PATIENCE));
    library = folder.resolve("build/arduino/subject");
    source = library.resolve("src");
  }

  private List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      return files.map(Path::toString).filter(path -> path.endsWith(".c")).sorted().toList();
    }
  }

  private void run(List<String> program, List<String> arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    PackagedNetwork.assertSucceeded(ChildProcess.run(command, root, PATIENCE));
  }

  @Test
  void hasThePropertiesThatTheSpecificationDemands() throws IOException {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(library.resolve("library.properties"))) {
      properties.load(text);
    }

    assertThat(properties.stringPropertyNames())
        .containsExactlyInAnyOrder(
            "name",
            "version",
            "author",
            "maintainer",
            "sentence",
            "paragraph",
            "category",
            "url",
            "architectures",
            "includes");
    assertThat(properties.getProperty("name"))
        .matches("(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 _.-]{0,62}");
    assertThat(properties.getProperty("version")).matches("\\d+\\.\\d+\\.\\d+(\\+[0-9A-Za-z.-]+)?");
    assertThat(properties.getProperty("category")).isEqualTo("Data Processing");
    assertThat(source.resolve(properties.getProperty("includes"))).isRegularFile();
    assertThat(library.resolve("examples/infer/infer.ino")).isRegularFile();
  }

  @Test
  void compilesForACortexMWithNothingButSrcOnTheIncludePath() throws IOException {
    List<String> common = List.of("-mcpu=cortex-m4", "-mthumb", "-Os", "-Wall", "-Wextra");
    List<String> flags = new ArrayList<>(common);
    flags.addAll(List.of("-Werror", "-ffunction-sections", "-fdata-sections", "-I" + source, "-c"));

    assertThat(sources()).hasSize(3);
    for (String file : sources()) {
      run(List.of("arm-none-eabi-gcc", "-std=gnu11", file, "-o", file + ".o"), flags);
    }
    Files.writeString(root.resolve("sketch.cpp"), STAND_IN_CORE);
    flags.add("-I" + library.resolve("examples/infer"));
    run(List.of("arm-none-eabi-g++", "-std=gnu++17", "sketch.cpp", "-fno-exceptions"), flags);
  }

  @Test
  void theSketchTestsAndRunsTheNetworkOnThisComputer() throws IOException {
    Files.writeString(root.resolve("sketch.cpp"), STAND_IN_CORE);
    run(
        List.of("clang", "-c", "-I" + source, "-I" + library.resolve("examples/infer")),
        List.of("sketch.cpp", "-o", "sketch.o"));
    run(List.of("clang", "-I" + source, "sketch.o", "-o", "sketch"), sources());

    ChildProcess sketch =
        ChildProcess.run(List.of(root.resolve("sketch").toString()), root, PATIENCE);

    assertThat(sketch.output()).startsWith("self-test passed\nmicroseconds 0\n");
  }
}
