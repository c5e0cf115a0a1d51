// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.report.DiagnosticCode;
import dev.facsimile.report.FacsimileException;
import dev.facsimile.report.ModelLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container in which a folder that nobody has to trust is compiled and emulated: no network, a
 * file system that is read-only but for the build folder, an unprivileged user, and limits on
 * memory, processors, processes and time. Through the docker command, so that the tool needs no
 * client of its own.
 */
final class DockerContainer implements Machine {
  static final String DOCKER = "docker";

  /** The image that {@code docker/toolchain} defines. */
  static final String IMAGE = "facsimile/toolchain";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration ASKING = Duration.ofSeconds(10);
  private static final int UNPRIVILEGED = 1000;
  private static final int EXIT_OF_TIMEOUT = 124;
  private static final int EXIT_OF_KILL = 137;

  /**
   * After this the container ends by itself, should this process be killed before it can say so.
   */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final String id;

  private DockerContainer(String id) {
    this.id = id;
  }

  /** Why no container of that image can be started here; empty if one can. */
  static Optional<String> obstacle(String image) {
    Path anywhere = Path.of("").toAbsolutePath();
    if (!ask(List.of(DOCKER, "version", "--format", "{{.Server.Version}}"), anywhere)) {
      return Optional.of("the Docker daemon does not answer");
    }
    return ask(List.of(DOCKER, "image", "inspect", image), anywhere)
        ? Optional.empty()
        : Optional.of("there is no image " + image + " (docker/README.md says how to build it)");
  }

  private static boolean ask(List<String> command, Path folder) {
    return ChildProcess.run(command, folder, ASKING).succeeded();
  }

  /**
   * Starts a container that sees the folder under the path it has here.
   *
   * @throws FacsimileException TOOL_MISSING, with Docker's own words
   */
  static DockerContainer start(String image, Path folder) {
    int user = unprivilegedOwner(folder);
    List<String> command = new ArrayList<>(List.of(DOCKER, "run", "--detach", "--rm", "--init"));
    command.addAll(List.of("--pull", "never", "--network", "none", "--read-only"));
    command.addAll(List.of("--tmpfs", "/tmp", "--memory", "2g", "--memory-swap", "2g"));
    command.addAll(List.of("--cpus", "2", "--pids-limit", "256", "--cap-drop", "ALL"));
    command.addAll(List.of("--security-opt", "no-new-privileges", "--label", "dev.facsimile"));
    command.addAll(List.of("--user", user + ":" + user, "--env", "LC_ALL=C"));
    command.addAll(List.of("--volume", folder + ":" + folder, "--entrypoint", "sleep"));
    command.addAll(List.of(image, Long.toString(LIFETIME.toSeconds())));
    ChildProcess started = ChildProcess.run(command, folder, PATIENCE);
    if (!started.succeeded()) {
      throw FacsimileException.error(
          DiagnosticCode.TOOL_MISSING,
          ModelLocation.NONE,
          "docker could not start a container of " + image + started.lastErrors(5),
          "docker/README.md says how the image is built");
    }
    return new DockerContainer(started.output().trim());
  }

  /** Who works in the container: the user of this process or, for root, somebody who is nobody. */
  private static int unprivilegedOwner(Path folder) {
    try {
      int owner = (Integer) Files.getAttribute(folder, "unix:uid");
      if (owner != 0) {
        return owner;
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.toList()) {
          Files.setAttribute(file, "unix:uid", UNPRIVILEGED);
        }
      }
      return UNPRIVILEGED;
    } catch (IOException notOurs) {
      throw new UncheckedIOException(notOurs);
    }
  }

  @Override
  public ChildProcess run(List<String> command, Path folder, Duration limit) {
    List<String> inside = new ArrayList<>(List.of(DOCKER, "exec", "--workdir", folder.toString()));
    inside.add(id);
    // Killing the docker command would leave the program alive in the container.
    inside.addAll(List.of("timeout", "--kill-after", "5", Long.toString(limit.toSeconds())));
    inside.addAll(command);
    ChildProcess process = ChildProcess.run(inside, folder, limit.plus(PATIENCE));
    return process.exitStatus() == EXIT_OF_TIMEOUT || process.exitStatus() == EXIT_OF_KILL
        ? process.timedOut()
        : process;
  }

  @Override
  public void close() {
    Path anywhere = Path.of("").toAbsolutePath();
    ChildProcess.run(List.of(DOCKER, "rm", "--force", "--volumes", id), anywhere, PATIENCE);
  }
}
