// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The generated folder as a Zephyr module. Zephyr's tree is not here: its tools that are Python
 * packages are asked, and stand-ins for its CMake functions and its kernel header show that the
 * module names the right files and that the sample is a program.
 */
final class ZephyrModuleTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Stands in for Zephyr's CMake package: a library and a program for this computer. */
  private static final String STAND_IN_PACKAGE =
      """
      add_library(zephyr_interface INTERFACE)
      add_executable(app)
      target_include_directories(zephyr_interface INTERFACE ${CMAKE_CURRENT_LIST_DIR}/include)
      target_link_libraries(app PRIVATE zephyr_interface)
      function(zephyr_include_directories)
        foreach(folder ${ARGN})
          get_filename_component(path ${folder} ABSOLUTE)
          target_include_directories(zephyr_interface INTERFACE ${path})
        endforeach()
      endfunction()
      macro(zephyr_library_named name)
        set(ZEPHYR_CURRENT_LIBRARY ${name})
        add_library(${name} STATIC)
        target_link_libraries(${name} PUBLIC zephyr_interface)
        target_link_libraries(app PRIVATE ${name})
      endmacro()
      function(zephyr_library_sources)
        target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
      endfunction()
      function(zephyr_library_include_directories)
        target_include_directories(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
      endfunction()
      enable_language(C)
      set(CONFIG_SUBJECT y)
      add_subdirectory(${ZEPHYR_EXTRA_MODULES}/zephyr module)
      """;

  /** Stands in for the kernel: what the sample calls of it. */
  private static final String STAND_IN_KERNEL =
      """
      #include <stdint.h>
      #include <stdio.h>
      #define printk printf
      static inline int64_t k_uptime_get(void) { return 7; }
      """;

  @TempDir private Path root;

  private Path module;

  @BeforeEach
  void write() {
    module = root.resolve("network");
    PackagedNetwork.write(module, "host");
  }

  private String run(String... command) {
    ChildProcess process = ChildProcess.run(List.of(command), root, PATIENCE);
    PackagedNetwork.assertSucceeded(process);
    return process.output();
  }

  @Test
  void theDescriptionNamesFilesThatAreThere() throws IOException {
    JsonNode description = new YAMLMapper().readTree(module.resolve("zephyr/module.yml").toFile());

    assertThat(description.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("name", "build", "samples");
    assertThat(description.get("build").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("cmake", "kconfig");
    assertThat(module.resolve(description.at("/build/cmake").asText()).resolve("CMakeLists.txt"))
        .isRegularFile();
    assertThat(module.resolve(description.at("/build/kconfig").asText())).isRegularFile();
    assertThat(module.resolve(description.at("/samples/0").asText()).resolve("infer/sample.yaml"))
        .isRegularFile();
  }

  @Test
  void zephyrsKconfigReaderTakesTheOptionAndTheSampleSetsIt() {
    PresentTools.requirePython("kconfiglib");

    String value =
        run(
            "python3",
            "-c",
            """
            import kconfiglib
            options = kconfiglib.Kconfig("network/zephyr/Kconfig", warn=False)
            print(options.syms["SUBJECT"].str_value)
            options.load_config("network/zephyr/samples/infer/prj.conf")
            print(options.syms["SUBJECT"].str_value)
            """);

    assertThat(value).isEqualTo("n\ny\n");
  }

  @Test
  void westTakesTheFolderForAManifest() {
    PresentTools.requirePython("west");

    run("python3", "-m", "west", "init", "-l", "network");
    String projects =
        run(
            "python3",
            "-c",
            """
            from west.manifest import ImportFlag, Manifest
            flags = ImportFlag.IGNORE_PROJECTS
            manifest = Manifest.from_topdir(topdir=".", import_flags=flags)
            for project in manifest.projects[1:]:
                print(project.name, project.url, project.revision)
            """);

    assertThat(projects).isEqualTo("zephyr https://github.com/zephyrproject-rtos/zephyr v3.7.0\n");
  }

  @Test
  void theModuleAndItsSampleBuildAndRunWithStandInsForZephyr() throws IOException {
    PresentTools.require("cmake", "make", "cc");
    Path zephyr = Files.createDirectories(root.resolve("zephyr"));
    Files.writeString(zephyr.resolve("ZephyrConfig.cmake"), STAND_IN_PACKAGE);
    Path header = zephyr.resolve("include/zephyr/kernel.h");
    Files.createDirectories(header.getParent());
    Files.writeString(header, STAND_IN_KERNEL);

    run(
        "cmake",
        "-S",
        "network/zephyr/samples/infer",
        "-B",
        "made",
        "-DZephyr_DIR=" + zephyr,
        "-DZEPHYR_EXTRA_MODULES=" + module);
    run("cmake", "--build", "made");

    assertThat(run(root.resolve("made/app").toString()))
        .isEqualTo("self-test passed\nmilliseconds 0\n");
  }
}
