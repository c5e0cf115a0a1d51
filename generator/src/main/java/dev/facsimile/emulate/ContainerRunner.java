// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The folder's target as QEMU emulates it in a container: compiler, emulator and firmware see
 * nothing of this computer but a copy of the folder.
 */
public final class ContainerRunner implements TargetRunner {
  private final Target target;
  private final QemuRunner qemu;

  /**
   * For folders of that target.
   *
   * @throws dev.facsimile.report.FacsimileException TARGET_UNKNOWN where QEMU does not emulate the
   *     target
   */
  public ContainerRunner(Target target) {
    this.target = target;
    this.qemu = new QemuRunner(target);
  }

  @Override
  public String name() {
    return qemu.name() + " in docker";
  }

  @Override
  public List<String> tools() {
    return List.of(DockerContainer.DOCKER);
  }

  @Override
  public Optional<String> obstacle() {
    return DockerContainer.obstacle(DockerContainer.IMAGE);
  }

  @Override
  public RunResult run(FirmwareFolder folder, Duration timeout) {
    try (BuildFolder copy = BuildFolder.copyOf(folder);
        Machine container = DockerContainer.start(DockerContainer.IMAGE, copy.root())) {
      return RunResult.of(name(), target.isa(), qemu.run(copy, folder, container, timeout));
    }
  }
}
