// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated folder as a part of other people's CMake projects. */
final class CmakePackageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path root;

  @BeforeEach
  void writeNetwork() {
    PresentTools.require("cmake", "make", "cc");
    PackagedNetwork.write(root.resolve("network"), "host");
  }

  private ChildProcess cmake(String... arguments) {
    List<String> command = new ArrayList<>(List.of("cmake"));
    command.addAll(List.of(arguments));
    return ChildProcess.run(command, root, PATIENCE);
  }

  private void mustCmake(String... arguments) {
    PackagedNetwork.assertSucceeded(cmake(arguments));
  }

  /** A CMake project that gets the network by {@code how}. */
  private void writeConsumer(String how) throws IOException {
    Path consumer = Files.createDirectories(root.resolve("consumer"));
    Files.writeString(consumer.resolve("main.c"), PackagedNetwork.MAIN);
    Files.writeString(
        consumer.resolve("CMakeLists.txt"),
        """
        cmake_minimum_required(VERSION 3.13)
        project(consumer LANGUAGES C)
        %s
        add_executable(consumer main.c)
        target_link_libraries(consumer PRIVATE subject::subject)
        """
            .formatted(how));
  }

  private void buildAndRunConsumer() {
    mustCmake("--build", "made");
    PackagedNetwork.assertSucceeded(
        ChildProcess.run(List.of(root.resolve("made/consumer").toString()), root, PATIENCE));
  }

  @Test
  void isASubdirectoryOfACmakeProject() throws IOException {
    writeConsumer("add_subdirectory(../network network)");

    mustCmake("-S", "consumer", "-B", "made");
    buildAndRunConsumer();
  }

  @Test
  void isFoundAsACmakePackageOnceItIsInstalled() throws IOException {
    String prefix = "-DCMAKE_PREFIX_PATH=" + root.resolve("installed");
    mustCmake(
        "-S", "network", "-B", "library", "-DCMAKE_INSTALL_PREFIX=" + root.resolve("installed"));
    mustCmake("--build", "library", "--target", "install");
    // What was installed stands for itself.
    Files.move(root.resolve("network"), root.resolve("elsewhere"));

    writeConsumer("find_package(subject 1.0 REQUIRED)");
    mustCmake("-S", "consumer", "-B", "made", prefix);
    buildAndRunConsumer();

    writeConsumer("find_package(subject 2.0 REQUIRED)");
    assertThat(cmake("-S", "consumer", "-B", "too-new", prefix).succeeded()).isFalse();
  }
}
