// SPDX-License-Identifier: Apache-2.0
package dev.facsimile.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facsimile.target.Core;
import dev.facsimile.target.Target;
import dev.facsimile.target.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every target's image on a real Renode, wherever there is one. */
final class RenodeBoardsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path root;

  static Stream<String> targets() {
    return Targets.load().all().stream()
        .filter(target -> !target.isHost() && target.core() != Core.CORTEX_M55)
        .map(Target::name);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everyLineIsEqual(String name) {
    Target target = Targets.load().find(name);
    RenodeRunner renode = RenodeRunner.present(target, InstalledTools.onPath());
    PresentTools.requireRenode(renode.obstacle());
    PresentTools.require(renode.tools().toArray(String[]::new));
    FirmwareFolder folder = SmallFolder.write(root, name);

    Runners only = new Runners(List.of(renode), List.of());
    RunnerReport run = Verification.run(folder, only, PATIENCE, said -> {}).runs().get(0);

    assertThat(run.problem()).isEmpty();
    assertThat(run.equalLines()).isEqualTo(11);
    assertThat(run.output().isa()).isEqualTo(target.isa());
  }
}
