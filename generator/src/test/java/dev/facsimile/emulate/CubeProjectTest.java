// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/packaging.md tells users of STM32CubeIDE to do, done: the command lines are those of
 * its managed builder for a new project of an STM32F446RE. The IDE is not here.
 */
final class CubeProjectTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Processor, floating point unit and C library of an STM32F446RE's project. */
  private static final List<String> DEVICE =
      List.of(
          "arm-none-eabi-gcc",
          "-mcpu=cortex-m4",
          "-mfpu=fpv4-sp-d16",
          "-mfloat-abi=hard",
          "-mthumb",
          "--specs=nano.specs");

  private static final List<String> DEBUG = List.of("-g3", "-DDEBUG", "-O0");
  private static final List<String> RELEASE = List.of("-Os");

  /** As CubeMX leaves it, less its calls of the HAL, and with the network's three lines. */
  private static final String MAIN =
      """
      #include "subject.h"
      #include "subject_selftest.h"

      static subject_context network;

      int main(void)
      {
        subject_init(&network);
        if (subject_selftest(&network) != SUBJECT_SELFTEST_PASSED)
        {
          return 1;
        }
        while (1)
        {
          subject_run(&network);
        }
      }
      """;

  @TempDir private Path root;

  private Path project;

  @BeforeEach
  void copyTheNetworkIntoTheProject() throws IOException {
    PresentTools.require(InstalledTools.CROSS_COMPILER, "cp");
    PackagedNetwork.write(root.resolve("firmware"), "nucleo-f446re");
    project = Files.createDirectories(root.resolve("project"));
    Files.createDirectories(project.resolve("Core/Src"));
    Files.createDirectories(project.resolve("Core/Inc"));
    Files.writeString(project.resolve("Core/Src/main.c"), MAIN);
  }

  private void run(List<String> command) {
    PackagedNetwork.assertSucceeded(ChildProcess.run(command, project, PATIENCE));
  }

  private List<String> sources(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve(folder))) {
      return files
          .map(path -> project.relativize(path).toString())
          .filter(path -> path.endsWith(".c"))
          .sorted()
          .toList();
    }
  }

  /** One compiler run a file, as the builder does, then its link; the warnings are errors here. */
  private Path build(List<String> configuration, List<String> sources, List<String> includes) {
    List<String> link = new ArrayList<>(DEVICE);
    for (String source : sources) {
      List<String> compile = new ArrayList<>(DEVICE);
      compile.addAll(configuration);
      compile.addAll(List.of("-std=gnu11", "-ffunction-sections", "-fdata-sections", "-Wall"));
      compile.addAll(List.of("-Werror", "-fstack-usage", "-c", source, "-o", source + ".o"));
      includes.forEach(include -> compile.add("-I" + include));
      run(compile);
      link.add(source + ".o");
    }
    link.addAll(List.of("--specs=nosys.specs", "-static", "-Wl,--gc-sections"));
    link.addAll(List.of("-Wl,--start-group", "-lc", "-lm", "-Wl,--end-group", "-o", "project.elf"));
    run(link);
    return project.resolve("project.elf");
  }

  private void assertHasTheNetwork(Path image) {
    ChildProcess symbols =
        ChildProcess.run(List.of("arm-none-eabi-nm", image.toString()), root, PATIENCE);
    assertThat(symbols.output()).contains(" T subject_run").contains(" T subject_selftest");
  }

  @Test
  void copiedIntoCoreItNeedsNoSettingOfTheProject() throws IOException {
    run(
        List.of(
            "sh",
            "-c",
            "cp -R ../firmware/src/*.c Core/Src && cp -R ../firmware/include/. ../firmware/src/*.h"
                + " ../firmware/runtime/include/. ../firmware/runtime/src/. Core/Inc"));

    assertHasTheNetwork(build(DEBUG, sources("Core/Src"), List.of("Core/Inc")));
    assertHasTheNetwork(build(RELEASE, sources("Core/Src"), List.of("Core/Inc")));
  }

  @Test
  void linkedAsAFolderItNeedsFourIncludePathsAndTheSourceFolder() throws IOException {
    run(List.of("cp", "-R", "../firmware", "au"));
    List<String> sources = new ArrayList<>(sources("Core/Src"));
    sources.addAll(sources("au/src"));

    List<String> includes =
        List.of("Core/Inc", "au/include", "au/src", "au/runtime/include", "au/runtime/src");
    assertHasTheNetwork(build(RELEASE, sources, includes));
  }

  @Test
  void theFolderItselfIsAMakefileProject() {
    PresentTools.require("make", "awk");

    run(List.of("make", "-s", "-C", "../firmware", "all"));

    assertThat(root.resolve("firmware/build/nucleo-f446re/subject-selftest.elf")).isRegularFile();
  }
}
