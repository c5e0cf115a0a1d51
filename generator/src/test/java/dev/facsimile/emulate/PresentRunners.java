// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import dev.facsimile.emulate.RenodeRunner.Place;
import dev.facsimile.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All kinds of runners; a test that is given one whose program is missing is skipped, and says so.
 */
final class PresentRunners {
  private static final String RENODE_IMAGE = image();

  private PresentRunners() {}

  /** Those whose firmware prints its own report. */
  static Stream<TargetRunner> printing(Target target) {
    return Stream.of(
        new HostRunner("gcc"),
        new HostRunner("clang"),
        new QemuRunner(target),
        new ContainerRunner(target),
        new TestcontainersRunner(target),
        new RenodeRunner(target, RenodePlaces.here(InstalledTools.onPath())),
        new RenodeRunner(target, RenodePlaces.in(RENODE_IMAGE)),
        new RenodeRunner(target, inTestcontainers()));
  }

  /** Those and a board at a serial line. */
  static Stream<TargetRunner> all(Target target) {
    return Stream.concat(printing(target), Stream.of(new EmulatedBoardRunner(target)));
  }

  private static Place inTestcontainers() {
    return new Place(
        " in testcontainers",
        "renode",
        List.of(DockerContainer.DOCKER),
        Optional.empty(),
        root -> new ToolchainContainer(RENODE_IMAGE, root));
  }

  /** The first of the images that is there; the first of all if none is. */
  private static String image() {
    return RenodePlaces.IMAGES.stream()
        .filter(image -> PresentTools.obstacle(image).isEmpty())
        .findFirst()
        .orElse(RenodePlaces.IMAGES.get(0));
  }

  /** Skips the calling test where the runner cannot run, or fails it where it has to. */
  static void require(TargetRunner runner) {
    boolean container = runner.tools().contains(DockerContainer.DOCKER);
    if (runner instanceof RenodeRunner) {
      PresentTools.requireRenode(
          container ? PresentTools.obstacle(RENODE_IMAGE) : runner.obstacle());
    } else if (container) {
      PresentTools.requireContainers();
    }
    PresentTools.require(runner.tools().toArray(String[]::new));
  }
}
