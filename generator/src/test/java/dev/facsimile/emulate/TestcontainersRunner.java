// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.target.Target;
import java.time.Duration;
import java.util.List;

/** QEMU in a container that Testcontainers starts. */
final class TestcontainersRunner implements TargetRunner {
  private final Target target;
  private final QemuRunner qemu;

  TestcontainersRunner(Target target) {
    this.target = target;
    this.qemu = new QemuRunner(target);
  }

  @Override
  public String name() {
    return qemu.name() + " in testcontainers";
  }

  @Override
  public List<String> tools() {
    return List.of(DockerContainer.DOCKER);
  }

  @Override
  public RunResult run(FirmwareFolder folder, Duration timeout) {
    try (BuildFolder copy = BuildFolder.copyOf(folder);
        ToolchainContainer container = new ToolchainContainer(DockerContainer.IMAGE, copy.root())) {
      return RunResult.of(name(), target.isa(), qemu.run(copy, folder, container, timeout));
    }
  }
}
