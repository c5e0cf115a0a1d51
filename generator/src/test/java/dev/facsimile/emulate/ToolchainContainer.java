// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * An image of docker/ under Testcontainers: a second way into the same container, which shares no
 * line with the docker command that the product uses.
 */
final class ToolchainContainer extends GenericContainer<ToolchainContainer> implements Machine {
  private static final String USER = "1000:1000";
  private static final long MEMORY = 2L << 30;
  private static final int EXIT_OF_TIMEOUT = 124;

  /** Starts it; the folder is seen under the path it has here. */
  ToolchainContainer(String image, Path folder) {
    super(DockerImageName.parse(image));
    giveAway(folder);
    withImagePullPolicy(name -> false);
    withFileSystemBind(folder.toString(), folder.toString(), BindMode.READ_WRITE);
    withCommand("sleep", "600");
    withLabel("dev.facsimile", "test");
    withTmpFs(Map.of("/tmp", "rw"));
    withNetworkMode("none");
    withCreateContainerCmdModifier(
        command -> {
          command.withUser(USER);
          command
              .getHostConfig()
              .withReadonlyRootfs(true)
              .withInit(true)
              .withMemory(MEMORY)
              .withNanoCPUs(2_000_000_000L)
              .withPidsLimit(256L)
              .withCapDrop(com.github.dockerjava.api.model.Capability.ALL)
              .withSecurityOpts(List.of("no-new-privileges"));
        });
    start();
  }

  private static void giveAway(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", 1000);
      }
    } catch (IOException notOurs) {
      throw new UncheckedIOException(notOurs);
    }
  }

  @Override
  public ChildProcess run(List<String> command, Path folder, Duration limit) {
    List<String> limited =
        new ArrayList<>(List.of("timeout", "--kill-after", "5", limit.toSeconds() + ""));
    limited.addAll(command);
    ExecConfig exec =
        ExecConfig.builder()
            .command(limited.toArray(String[]::new))
            .workDir(folder.toString())
            .build();
    try {
      ExecResult result = execInContainer(StandardCharsets.ISO_8859_1, exec);
      ChildProcess ended =
          new ChildProcess(
              result.getExitCode(),
              result.getStdout(),
              result.getStderr(),
              ChildProcess.Stopped.NOT);
      return result.getExitCode() == EXIT_OF_TIMEOUT ? ended.timedOut() : ended;
    } catch (IOException notRun) {
      throw new UncheckedIOException(notRun);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    super.close();
  }
}
